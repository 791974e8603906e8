package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tables as people have them: a file, or several in a folder. */
class TableFilesTest extends ExampleFilesTestBase {
  @Test
  void aTableBecomesStandardisedNumbersWithTheClassesOfItsColumn() throws IOException {
    StringBuilder text = new StringBuilder("\ufeffa,\"b, the second\",species\r\n");
    for (int i = 0; i < 20; i++) {
      text.append(i).append(",5e-1,").append(i % 2 == 0 ? "\"wild \"\"rose\"\"\"" : "daisy");
      text.append(i == 19 ? "" : "\r\n");
    }
    Pictures table = ExampleFiles.read(csv(text.toString()));
    assertThat(table.training().example()).isEqualTo(Shape.of(2));
    assertThat(table.training().classNames()).containsExactly("daisy", "wild \"rose\"");
    assertThat(table.training().size()).isEqualTo(16);
    assertThat(table.test().size()).isEqualTo(4); // a fifth, two of each class
    assertThat(IntStream.range(0, 4).map(table.test()::label).sum()).isEqualTo(2);
    for (int i = 0; i < table.test().size(); i++) {
      int row = (int) table.test().number(i, 0);
      assertThat(table.test().label(i)).isEqualTo(row % 2 == 0 ? 1 : 0);
      assertThat(table.test().number(i, 1)).isEqualTo(0.5f);
    }
    Splits splits = table.split(new Seed(3));
    Batch all = splits.train().inOrder(splits.train().size()).at(0);
    assertThat(all.x().shape()).isEqualTo(Shape.of(2, 15));
    Normalization scale = splits.train().normalization();
    for (int i = 0; i < 15; i++) {
      assertThat(all.x().get(1, i)).isZero(); // never changes, so it says nothing
      double before = all.x().get(0, i) * scale.deviations().get(0) + scale.means().get(0);
      assertThat(before).isCloseTo(Math.rint(before), within(1e-5));
    }
    assertThat(ExampleFiles.read(folder.resolve("table.csv")).sha256()).isEqualTo(table.sha256());
  }

  @Test
  void whatIsWrongInATableIsNamedByLineAndColumn() throws IOException {
    assertThat(problem(csv("a,species\n1,x\n,x\n")))
        .endsWith("table.csv: line 3: expected a number in column 'a', found nothing");
    for (String bad : List.of("1f", "0x1", "NaN", "1,5", "red", "1e999", "1_000", "Infinity")) {
      String field = bad.contains(",") ? "\"" + bad + "\"" : bad;
      assertThat(problem(csv("a,species\n1,x\n" + field + ",x\n")))
          .endsWith("line 3: expected a number in column 'a', found '" + bad + "'");
    }
    assertThat(problem(csv("a;b;species\n1;2\n")))
        .endsWith("line 2: expected 3 fields, as many as the first line, found 2 fields");
    assertThat(problem(csv("a,b\n1,2\n")))
        .endsWith(
            "no column is called label, class, target, species or category: its columns are a, b;"
                + " ReadOptions.label says which holds the classes");
    assertThat(problem(csv("a,species\n1,\n")))
        .endsWith("line 2: expected a class in column 'species', found nothing");
    assertThat(problem(csv("a,a\n1,2\n"))).contains("the same name for two columns");
    assertThat(problem(csv("a,species\n\"1,x\n"))).contains("the end of the file");
    assertThat(problem(csv("Id,a,Species\n1,7,x\n2,8,x\n3,9,y\n")))
        .endsWith(
            "column 'Id' only counts the rows, and is no feature: ReadOptions.ignored 'Id' leaves it out");
    Path table = csv("Id,a,Kind\n1,7,x\n2,8,x\n3,9,y\n4,9,y\n");
    ReadOptions options = ReadOptions.NONE.withLabel("Kind").without("Id");
    assertThat(ExampleFiles.read(table, options).training().example()).isEqualTo(Shape.of(1));
    assertThat(problem(table, options.without("id"))).contains("no column is called 'id'");
    Files.write(folder.resolve("table.csv"), new byte[] {'a', ',', (byte) 0xff, '\n'});
    assertThat(problem(folder.resolve("table.csv"))).endsWith("is no text in UTF-8");
  }

  @Test
  void aColumnThatNeverChangesBecomesZeroAlsoIfItsSumIsRounded() throws IOException {
    StringBuilder text = new StringBuilder("a,b,label\n");
    for (int i = 0; i < 60; i++) {
      text.append(i).append(",0.1,").append(i % 2).append('\n');
    }
    Splits splits = ExampleFiles.read(csv(text.toString())).split(new Seed(1));
    assertThat(splits.train().normalization().means().get(1)).isEqualTo(0.1f);
    assertThat(splits.train().normalization().deviations().get(1)).isEqualTo(1);
    Batch all = splits.train().inOrder(splits.train().size()).at(0);
    for (int i = 0; i < splits.train().size(); i++) {
      assertThat(all.x().get(1, i)).isZero();
    }
  }

  @Test
  void tablesOfAFolderAreThePartsAndThoseWithoutClassesAreNotUsed() throws IOException {
    Files.writeString(folder.resolve("train.csv"), "p,label\n1,10\n2,9\n3,10\n4,9\n5,9\n");
    Files.writeString(folder.resolve("test.csv"), "p\n1\n");
    Pictures pictures = ExampleFiles.read(folder);
    assertThat(pictures.training().classNames()).containsExactly("9", "10"); // as numbers
    assertThat(pictures.training().size()).isEqualTo(3);
    Files.writeString(folder.resolve("test.csv"), "p,label\n1,9\n");
    assertThat(ExampleFiles.read(folder).training().size()).isEqualTo(5);
    assertThat(ExampleFiles.read(folder).test().size()).isEqualTo(1);
    Files.writeString(folder.resolve("test.csv"), "q,label\n1,9\n");
    assertThat(problem(folder)).contains("has the columns q: expected those of");
    Files.writeString(folder.resolve("test.csv"), "p,label\n1,11\n");
    assertThat(problem(folder)).contains("has the class '11', of which there is nothing");
  }

  @Test
  void rowsOfPixelsArePicturesIfTheirSizeIsSaid() throws IOException {
    Path table = csv("label,p0,p1,p2,p3\n0,0,1,2,255\n1,4,5,6,7\n0,8,9,10,11\n1,0,0,0,0\n");
    Pictures pictures = ExampleFiles.read(table, ReadOptions.NONE.withSize(2, 2));
    assertThat(pictures.training().hasPixels()).isTrue();
    assertThat(pictures.training().example()).isEqualTo(Shape.of(1, 2, 2));
    assertThat(problem(table, ReadOptions.NONE.withSize(3, 3)))
        .contains("has 4 columns of numbers: pictures of 3x3 take 9, or 27 with colours");
  }
}
