package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which classes examples are of, where that is in doubt. */
class ClassesOfFilesTest extends ExampleFilesTestBase {
  @Test
  void whereSeveralColumnsMayHoldTheClassesNobodyGuesses() throws IOException {
    Pictures points = ExampleFiles.read(csv("x,y,label\n1,5,a\n2,6,b\n3,7,a\n4,9,b\n"));
    assertThat(points.training().classNames()).containsExactly("a", "b"); // y is a coordinate
    assertThat(points.training().example()).isEqualTo(Shape.of(2));
    assertThat(ExampleFiles.read(csv("a,Y\n1,5\n2,6\n3,5\n")).training().classes()).isEqualTo(2);
    Path two = csv("a,species,Target\n1,0,r\n2,1,s\n5,0,r\n3,1,s\n");
    assertThat(problem(two))
        .endsWith(
            "several columns may hold the classes, species, Target: ReadOptions.label says which"
                + " does");
    assertThat(problem(two, ReadOptions.NONE.withLabel("Target")))
        .endsWith(
            "column 'species' says the same as 'Target', the classes, and is no feature:"
                + " ReadOptions.ignored 'species' leaves it out");
    ReadOptions said = ReadOptions.NONE.withLabel("Target").without("species");
    assertThat(ExampleFiles.read(two, said).training().example()).isEqualTo(Shape.of(1));
    Path other = csv("category,target\n1,r\n2,s\n1,s\n3,r\n"); // a feature of that name
    Pictures kept = ExampleFiles.read(other, ReadOptions.NONE.withLabel("target"));
    assertThat(kept.training().example()).isEqualTo(Shape.of(1));
    Files.delete(two);
    Files.writeString(folder.resolve("train.csv"), "x,y,label\n1,5,a\n2,6,b\n3,7,a\n4,9,b\n");
    Files.writeString(folder.resolve("test.csv"), "x,y\n1,5\n");
    assertThat(ExampleFiles.read(folder).training().size()).isEqualTo(2); // none to test on in it
  }

  @Test
  void measuredNumbersAndNamesOfExamplesAreNoClasses() throws IOException {
    StringBuilder prices = new StringBuilder("a,target\n");
    StringBuilder names = new StringBuilder("a,label\n");
    StringBuilder floats = new StringBuilder("a,label\n");
    for (int i = 0; i < 60; i++) {
      prices.append(i * i).append(',').append(i % 22).append(".5\n");
      names.append(i * i).append(",n").append(i % 31).append('\n');
      floats.append(i * i).append(',').append(i % 30).append(".0\n");
    }
    assertThat(problem(csv(prices.toString())))
        .endsWith(
            "column 'target' holds 22 different real numbers: expected classes; ReadOptions.label"
                + " says which column holds them");
    assertThat(problem(csv(names.toString())))
        .endsWith(
            "has 31 classes in 60 examples: expected several examples of each class, and neither"
                + " names nor measured numbers as classes");
    assertThat(ExampleFiles.read(csv(floats.toString())).training().classes()).isEqualTo(30);
  }

  @Test
  void aClassIsOneOfSeveralAndThereIsSomethingToLearnItFrom() throws IOException {
    assertThat(problem(csv("a,label\n1,k\n2,k\n3,k\n")))
        .endsWith("has one class only, 'k': expected two or more to tell apart");
    Path file = folder.resolve("parts.npz");
    NpzWriter parts = new NpzWriter();
    parts.put("x_train", Tensor.zeros(Shape.of(3, 2))).put("y_train", new int[] {4, 6, 4});
    parts.put("x_test", Tensor.zeros(Shape.of(2, 2))).put("y_test", new int[] {6, 5});
    parts.write(file);
    assertThat(problem(file))
        .endsWith("tests on the class '5', of which there is nothing to train on");
  }

  @Test
  void noPartIsLeftOutWithoutAWord() throws IOException {
    Path file = folder.resolve("parts.npz");
    NpzWriter parts = new NpzWriter();
    for (String part : List.of("train", "val", "valid", "test")) {
      parts.put("x_" + part, Tensor.zeros(Shape.of(2, 2))).put("y_" + part, new int[] {0, 1});
    }
    parts.write(file);
    assertThat(problem(file))
        .endsWith("array 'x_valid': is the same part as x_val: expected one of them");
    for (String part : List.of("train", "valid", "validation", "test")) {
      Files.writeString(folder.resolve(part + ".csv"), "a,label\n1,p\n2,q\n");
    }
    Files.delete(file);
    assertThat(problem(folder)).contains("validation.csv: is the same part as ", "valid.csv: ");
    Files.delete(folder.resolve("validation.csv"));
    assertThat(ExampleFiles.read(folder).test().size()).isEqualTo(2);
  }

  @Test
  void oneNumberInTwoSpellingsIsNotTwoClasses() throws IOException {
    assertThat(problem(csv("a,label\n1,2\n2,1\n3,1.0\n4,2\n")))
        .endsWith(
            "column 'label' writes one number as 1 and as 1.0: expected one spelling of each class");
    assertThat(
            ExampleFiles.read(csv("a,label\n1,2.0\n2,1.5\n3,1a\n4,1\n5,1a\n")).training().classes())
        .isEqualTo(4);
  }

  @Test
  void aColumnThatIsIgnoredHoldsNoClasses() throws IOException {
    Path two = csv("a,species,label\n1,r,0\n2,s,1\n5,r,0\n3,s,1\n");
    assertThat(ExampleFiles.read(two, ReadOptions.NONE.without("label")).training().classNames())
        .containsExactly("r", "s");
    assertThat(problem(two, ReadOptions.NONE.without("label", "species")))
        .endsWith("those not ignored are a; ReadOptions.label says which holds the classes");
    assertThat(problem(two, ReadOptions.NONE.withLabel("label").without("label")))
        .endsWith("column 'label' is to hold the classes and to be ignored: expected one of both");
  }

  @Test
  void columnsAreNamedOfTablesOnly() throws IOException {
    Path file = folder.resolve("numbers.npz");
    NpzWriter numbers = new NpzWriter();
    numbers.put("x", Tensor.zeros(Shape.of(4, 2))).put("y", new int[] {0, 1, 0, 1}).write(file);
    assertThat(problem(file, ReadOptions.NONE.withLabel("fine")))
        .endsWith(
            "numbers.npz: is no table, and has no column 'fine': expected neither ReadOptions.label"
                + " nor ReadOptions.ignored");
    assertThat(problem(file, ReadOptions.NONE.without("id"))).contains("has no column 'id'");
    Files.delete(file);
    for (String picture : List.of("cat/1.png", "cat/2.png", "dog/1.png", "dog/2.png")) {
      Files.createDirectories(folder.resolve(picture).getParent());
      SyntheticFiles.grey(folder.resolve(picture), 3, 3, 1);
    }
    assertThat(problem(folder, ReadOptions.NONE.without("id"))).contains("has no column 'id'");
  }
}
