package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
  @TempDir Path folder;

  private String problem(ReadOptions options) {
    BadFileException[] thrown = new BadFileException[1];
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> ExampleFiles.read(folder, options))
        .satisfies(e -> thrown[0] = e);
    return String.valueOf(thrown[0].getMessage());
  }

  private String problem() {
    return problem(ReadOptions.NONE);
  }

  private void classes(String set, int each, int height, int width) throws IOException {
    for (String one : List.of("cat", "dog")) {
      for (int i = 0; i < each; i++) {
        Path file = folder.resolve(set).resolve(one).resolve(i + ".png");
        SyntheticFiles.grey(file, height, width, one.hashCode() + i);
      }
    }
  }

  @Test
  void foldersAreClassesAndAFifthOfEachIsTestedOnWhateverTheSeed() throws IOException {
    classes("", 6, 4, 5);
    Files.writeString(folder.resolve("cat/.DS_Store"), "x");
    Files.writeString(folder.resolve("dog/Thumbs.db"), "x");
    Files.writeString(folder.resolve("README.txt"), "x");
    Pictures pictures = ExampleFiles.read(folder);
    assertThat(pictures.training().example()).isEqualTo(Shape.of(1, 4, 5));
    assertThat(pictures.training().classNames()).containsExactly("cat", "dog");
    assertThat(pictures.training().size()).isEqualTo(10);
    assertThat(pictures.test().size()).isEqualTo(2);
    assertThat(pictures.test().label(0) + pictures.test().label(1)).isEqualTo(1);
    BufferedImage cat = SyntheticFiles.noise(BufferedImage.TYPE_BYTE_GRAY, 4, 5, "cat".hashCode());
    byte[] pixels = new byte[20];
    for (int p = 0; p < 20; p++) {
      pixels[p] = (byte) cat.getRaster().getSample(p % 5, p / 5, 0);
    }
    assertThat(pictures.training().pixels()).startsWith(pixels); // as it was, to the last bit
    Splits one = pictures.split(new Seed(1));
    assertThat(one.train().size()).isEqualTo(9);
    assertThat(one.validation().size()).isEqualTo(1);
    assertThat(ExampleFiles.read(folder).test().sha256()).isEqualTo(pictures.test().sha256());
  }

  @Test
  void foldersThatMayBePartsAreNotTakenForClasses() throws IOException {
    classes("training_set", 3, 3, 3);
    classes("test_set", 2, 3, 3);
    assertThat(problem())
        .contains("test_set: holds folders, and may be a class or a part")
        .endsWith(
            "expected a part to be called train, val or test, and no such word in the name of a class");
    Files.move(folder.resolve("training_set"), folder.resolve("train"));
    assertThat(problem()).contains("test_set: holds folders, and may be a class or a part");
    Files.move(folder.resolve("test_set"), folder.resolve("test"));
    assertThat(ExampleFiles.read(folder).test().size()).isEqualTo(4);
    Files.createDirectory(folder.resolve("contest")); // a word of another meaning
    assertThat(ExampleFiles.read(folder).test().size()).isEqualTo(4);
    classes("Testing", 2, 3, 3);
    assertThat(problem()).contains("is the same part as ").endsWith(": expected one of them");
  }

  @Test
  void aTableOfPicturesWithTwoColumnsOfClassesIsAskedAbout() throws IOException {
    for (int i = 0; i < 4; i++) {
      SyntheticFiles.grey(folder.resolve(i + ".png"), 3, 3, i);
    }
    Files.writeString(
        folder.resolve("labels.csv"), "id,category,label\n0,a,p\n1,a,q\n2,b,p\n3,b,q\n");
    assertThat(problem()).contains("does not say which column holds the classes");
    assertThat(ExampleFiles.read(folder, ReadOptions.NONE.withLabel("label")).test().classNames())
        .containsExactly("p", "q");
  }

  @Test
  void partsThatAreThereAreUsedAndTheOnlyFolderMayStandAbove() throws IOException {
    classes("data/train", 5, 3, 3);
    classes("data/val", 1, 3, 3);
    Pictures two = ExampleFiles.read(folder);
    assertThat(two.validation()).isNull();
    assertThat(two.test().size()).isEqualTo(2);
    classes("data/test", 2, 3, 3);
    Pictures three = ExampleFiles.read(folder);
    Splits splits = three.split(new Seed(1));
    assertThat(splits.train().size()).isEqualTo(10);
    assertThat(splits.validation().size()).isEqualTo(2);
    assertThat(splits.test().size()).isEqualTo(4);
    assertThat(three.sha256()).isNotEqualTo(two.sha256());
    SyntheticFiles.grey(folder.resolve("data/test/cow/1.png"), 3, 3, 1);
    assertThat(problem()).contains("is of the class 'cow', of which there is nothing to train on");
  }

  @Test
  void colouredPalettesAndDeepPicturesAreRead() throws IOException {
    SyntheticFiles.grey(folder.resolve("a/1.png"), 8, 8, 1);
    SyntheticFiles.colour(folder.resolve("a/2.png"), 8, 8, 2);
    byte[] red = {0, 10, 20, 30};
    byte[] green = {0, 11, 21, 31};
    IndexColorModel palette = new IndexColorModel(2, 4, red, green, red);
    BufferedImage indexed = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_INDEXED, palette);
    indexed.getRaster().setSample(1, 0, 0, 2);
    SyntheticFiles.write(folder.resolve("b/1.png"), indexed);
    BufferedImage deep = new BufferedImage(8, 8, BufferedImage.TYPE_USHORT_GRAY);
    deep.getRaster().setSample(1, 0, 0, 0xabcd);
    SyntheticFiles.write(folder.resolve("b/2.png"), deep);
    SyntheticFiles.write(
        folder.resolve("b/sub/3.png"),
        SyntheticFiles.noise(BufferedImage.TYPE_4BYTE_ABGR, 8, 8, 3));
    SyntheticFiles.colour(folder.resolve("a/3.jpg"), 8, 8, 3);
    Pictures pictures = ExampleFiles.read(folder);
    assertThat(pictures.training().example()).isEqualTo(Shape.of(3, 8, 8));
    byte[] packed = Files.readAllBytes(folder.resolve("b/1.png"));
    byte[] planes = AnyPicture.planes(packed, "p", 3);
    assertThat(planes[1]).isEqualTo((byte) 20);
    assertThat(planes[64 + 1]).isEqualTo((byte) 21);
    assertThat(AnyPicture.head(packed, "p").isGrey()).isFalse();
    byte[] grey = AnyPicture.planes(Files.readAllBytes(folder.resolve("b/2.png")), "p", 1);
    assertThat(grey[1]).isEqualTo((byte) 0xab);
  }

  @Test
  void whatIsOddIsNamedAndRefused() throws IOException {
    classes("", 3, 4, 4);
    Path cat = folder.resolve("cat");
    Files.writeString(cat.resolve("notes.txt"), "x");
    assertThat(problem())
        .isEqualTo(
            cat.resolve("notes.txt")
                + ": is no .png, .jpg or .jpeg: expected nothing else in a class's folder");
    Files.delete(cat.resolve("notes.txt"));
    Files.write(cat.resolve("9.png"), "GIF89a".getBytes(StandardCharsets.US_ASCII));
    assertThat(problem())
        .isEqualTo(cat.resolve("9.png") + ": is a picture of the format GIF: expected PNG or JPEG");
    byte[] png = Files.readAllBytes(cat.resolve("0.png"));
    Files.write(cat.resolve("9.png"), Arrays.copyOf(png, png.length - 20));
    assertThat(problem())
        .startsWith(cat.resolve("9.png") + ": at byte 33: expected ")
        .contains("bytes of a chunk, found the end after ");
    png[45] ^= 1;
    Files.write(cat.resolve("9.png"), png);
    assertThat(problem())
        .endsWith(
            "at byte 33: expected a chunk with the checksum that it says, found a damaged one");
    SyntheticFiles.grey(cat.resolve("9.png"), 4, 6, 1);
    assertThat(problem())
        .isEqualTo(
            (cat.resolve("9.png") + ": is 4 x 6 pixels, and " + cat.resolve("1.png") + " 4 x 4: ")
                + "expected pictures of one size, or ReadOptions.size, to which they are"
                + " resized");
    assertThat(ExampleFiles.read(folder, ReadOptions.NONE.withSize(8, 3)).training().example())
        .isEqualTo(Shape.of(1, 8, 3));
    Files.createDirectory(folder.resolve("cow"));
    assertThat(problem()).isEqualTo(folder.resolve("cow") + ": holds no pictures of its class");
    Files.delete(folder.resolve("cow"));
    SyntheticFiles.grey(folder.resolve("loose.png"), 4, 4, 1);
    assertThat(problem()).contains("loose.png: lies beside the folders of classes");
  }

  @Test
  void aPictureThatClaimsMoreThanItsBytesCanHoldIsRefused() throws IOException {
    Path file = SyntheticFiles.grey(folder.resolve("a/1.png"), 4, 4, 1);
    byte[] bomb = Files.readAllBytes(file);
    bomb[16] = 0;
    bomb[18] = 0x1f; // 7,940 wide, and as high
    bomb[22] = 0x1f;
    CRC32 checksum = new CRC32();
    checksum.update(bomb, 12, 17);
    ByteBuffer.wrap(bomb).putInt(29, (int) checksum.getValue());
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> AnyPicture.planes(bomb, "bomb", 1))
        .withMessageStartingWith("bomb: claims 7940 x 7940 pixels in " + bomb.length + " bytes");
  }

  @Test
  void kagglesLayoutsAreRead() throws IOException {
    for (int i = 0; i < 10; i++) {
      SyntheticFiles.colour(folder.resolve("train/cat." + i + ".jpg"), 8, 8, i);
      SyntheticFiles.colour(folder.resolve("train/big_dog_" + i + ".jpg"), 8, 8, 50 + i);
      SyntheticFiles.colour(folder.resolve("test/" + i + ".jpg"), 8, 8, 90 + i);
    }
    Pictures byName = ExampleFiles.read(folder);
    assertThat(byName.training().classNames()).containsExactly("big_dog", "cat");
    assertThat(byName.training().size()).isEqualTo(16);
    StringBuilder table = new StringBuilder("id,breed\n");
    for (int i = 0; i < 10; i++) {
      table.append("cat.").append(i).append(i < 5 ? ",old\n" : ",new\n");
      table.append("big_dog_").append(i).append(".jpg,old\n");
    }
    Files.writeString(folder.resolve("labels.csv"), table);
    assertThat(ExampleFiles.read(folder).training().classNames()).containsExactly("new", "old");
    Files.writeString(folder.resolve("labels.csv"), table + "cow.3,old\n");
    assertThat(problem()).contains("says the class of 'cow.3', which is not beside");
    Files.writeString(
        folder.resolve("labels.csv"), table.toString().replace("old", "1").replace("new", "1.0"));
    assertThat(problem())
        .isEqualTo(
            (folder.resolve("labels.csv") + ": column 'breed' writes one number as 1 and as 1.0:")
                + " expected one spelling of each class");
    Files.writeString(folder.resolve("labels.csv"), "id,breed\ncat.0,old\n");
    assertThat(problem()).contains("says no class for");
    Files.delete(folder.resolve("labels.csv"));
    SyntheticFiles.colour(folder.resolve("train/nothing.jpg"), 8, 8, 1);
    assertThat(problem()).contains("nothing says their classes: expected a folder for each class");
  }

  @Test
  void moreThan256ClassesAreKeptApart() throws IOException {
    for (int k = 0; k < 300; k++) {
      for (int i = 0; i < 2; i++) {
        Path file = folder.resolve(String.format("train/c%03d/%d.png", k, i));
        SyntheticFiles.grey(file, 1, 2, k + 1000 * i);
      }
    }
    Pictures pictures = ExampleFiles.read(folder);
    assertThat(pictures.training().classes()).isEqualTo(300);
    assertThat(pictures.test().label(299)).isEqualTo(299);
    Splits random = pictures.split(new Seed(1)).withRandomLabels(new Seed(2));
    assertThat(random.train().count(random.train().data().label(0))).isPositive();
    int[] others = new int[300];
    others[0] = 256; // the same byte as 0
    Dataset training = pictures.training();
    assertThat(training.withLabels(others).sha256())
        .isNotEqualTo(training.withLabels(new int[300]).sha256());
  }

  @Test
  void resizingKeepsWhatIsEvenAndAveragesWhatIsSmaller() {
    byte[] even = new byte[7 * 9];
    Arrays.fill(even, (byte) 200);
    for (ReadOptions.Size size :
        List.of(
            new ReadOptions.Size(3, 4),
            new ReadOptions.Size(20, 2),
            ReadOptions.Size.parse("7x9"))) {
      byte[] to = new byte[size.height() * size.width()];
      new Resizing(1, 7, 9, size).write(even, 0, to, 0);
      assertThat(to).containsOnly((byte) 200);
    }
    byte[] four = {0, 100, (byte) 200, 60};
    byte[] mean = new byte[1];
    new Resizing(1, 2, 2, new ReadOptions.Size(1, 1)).write(four, 0, mean, 0);
    assertThat(mean[0]).isEqualTo((byte) 90);
    byte[] line = {0, 80};
    byte[] longer = new byte[4];
    new Resizing(1, 1, 2, new ReadOptions.Size(1, 4)).write(line, 0, longer, 0);
    assertThat(longer).containsExactly(0, 20, 60, 80); // centres at -1/4, 1/4, 3/4, 5/4
    byte[] pairs = {10, 20, 30, 40, 50, 60};
    byte[] half = new byte[3];
    new Resizing(1, 1, 6, new ReadOptions.Size(1, 3)).write(pairs, 0, half, 0);
    assertThat(half).containsExactly(15, 35, 55);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> ReadOptions.Size.parse("32"))
        .withMessage("'32': expected HEIGHTxWIDTH in pixels, as in 32x32");
  }
}
