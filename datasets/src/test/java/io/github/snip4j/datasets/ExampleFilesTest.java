package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.io.NpzWriter;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Arrays, IDX files and CIFAR's files as people have them. */
class ExampleFilesTest extends ExampleFilesTestBase {
  @Test
  void channelsOfIdxFilesAreTakenFromWhereTheyAre() throws IOException {
    byte[] images = new byte[2 * 2 * 2 * 3];
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) i;
    }
    SyntheticFiles.idx(folder.resolve("train-labels-idx1-ubyte"), 8, new byte[] {0, 1}, 2);
    Path file = folder.resolve("train-images-idx4-ubyte");
    SyntheticFiles.idx(file, 8, images, 2, 2, 2, 3);
    SyntheticFiles.idx(folder.resolve("test-labels-idx1-ubyte"), 8, new byte[] {0, 1}, 2);
    SyntheticFiles.idx(folder.resolve("test-images-idx4-ubyte"), 8, images, 2, 2, 2, 3);
    Dataset last = ExampleFiles.read(folder).training();
    assertThat(last.example()).isEqualTo(Shape.of(3, 2, 2));
    assertThat(last.pixel(0, 1)).isEqualTo(3); // the second pixel's red
    assertThat(last.pixel(1, 4)).isEqualTo(13); // the first one's green
    SyntheticFiles.idx(file, 8, images, 2, 3, 2, 2);
    SyntheticFiles.idx(folder.resolve("test-images-idx4-ubyte"), 8, images, 2, 3, 2, 2);
    assertThat(ExampleFiles.read(folder).training().pixel(1, 4)).isEqualTo(16);
    SyntheticFiles.idx(file, 8, images, 2, 2, 2, 3);
    Files.write(file, new byte[] {0, 0, 8, 4, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2});
    Files.write(file, images, java.nio.file.StandardOpenOption.APPEND);
    assertThat(problem(folder))
        .endsWith(
            "is [2, 2, 3, 2], of which nobody knows the channels: expected [N, C, H, W] or [N, H, W,"
                + " C] with C of 1 or 3");
  }

  @Test
  void arraysOfKerasAreItsSets() throws IOException {
    Path file = folder.resolve("data.npz");
    Tensor x = Tensor.zeros(Shape.of(6, 2, 2, 3)); // channels last
    for (int i = 0; i < x.size(); i++) {
      x.put(i, i / 100f);
    }
    new NpzWriter()
        .put("x_train", x)
        .put("y_train", new int[] {300, 299, 0, 1, 300, 299})
        .put("x_test", x)
        .put("y_test", new int[] {0, 1, 1, 0, 0, 0})
        .write(file);
    Pictures pictures = ExampleFiles.read(file);
    assertThat(pictures.training().example()).isEqualTo(Shape.of(3, 2, 2));
    assertThat(pictures.training().classNames()).containsExactly("0", "1", "299", "300");
    assertThat(pictures.training().label(0)).isEqualTo(3);
    assertThat(pictures.training().hasPixels()).isFalse();
    for (int c = 0; c < 3; c++) {
      for (int p = 0; p < 4; p++) {
        assertThat(pictures.training().number(5, c * 4 + p)).isEqualTo(x.get(5, p / 2, p % 2, c));
      }
    }
    Batch batch = pictures.split(new Seed(1)).test().inOrder(2).at(0);
    assertThat(batch.x().shape()).isEqualTo(Shape.of(3, 2, 2, 2));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(pictures::inverted)
        .withMessage(
            "negatives: these examples are numbers of [3, 2, 2]: expected pictures of bytes");
    new NpzWriter().put("x", x).put("y", Tensor.zeros(Shape.of(6))).write(file);
    assertThat(problem(file)).contains("expected whole ones; in Python: y.astype('int32')");
    new NpzWriter().put("x", x).put("y", Tensor.zeros(Shape.of(6, 4))).write(file);
    assertThat(problem(file)).contains("in Python: numpy.argmax(y, 1)");
    new NpzWriter().put("x", x).put("y", new int[] {1, 2}).write(file);
    assertThat(problem(file)).contains("is [6, 2, 2, 3] with 2 labels: expected [N, F]");
    new NpzWriter().put("z", x).write(file);
    assertThat(problem(file)).contains("expected arrays x and y, or x_train", "there is z");
  }

  @Test
  void idxFilesMayHaveAnyTypeNumberOfClassesAndFirstLabel() throws IOException {
    int n = 94;
    byte[] images = new byte[n * 6];
    byte[] labels = new byte[n];
    StringBuilder mapping = new StringBuilder();
    for (int i = 0; i < n; i++) {
      labels[i] = (byte) (1 + i % 47);
      images[6 * i] = labels[i];
      mapping.append(1 + i % 47).append(' ').append(48 + i % 47).append('\n');
    }
    SyntheticFiles.idx(folder.resolve("emnist-x-train-images-idx3-ubyte"), 8, images, n, 2, 3);
    SyntheticFiles.idx(folder.resolve("emnist-x-train-labels-idx1-ubyte"), 8, labels, n);
    Pictures divided = ExampleFiles.read(folder);
    assertThat(divided.training().classes()).isEqualTo(47);
    assertThat(divided.training().size()).isEqualTo(47);
    assertThat(divided.training().classNames()).startsWith("1", "2");
    Files.writeString(folder.resolve("emnist-x-mapping.txt"), mapping);
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(Files.readAllBytes(folder.resolve("emnist-x-train-images-idx3-ubyte")));
    }
    Files.write(folder.resolve("emnist-x-test-images-idx3-ubyte.gz"), packed.toByteArray());
    ByteBuffer wide = ByteBuffer.allocate(n * 8); // as QMNIST's: rows of which the first is it
    for (int i = 0; i < n; i++) {
      wide.putInt(labels[i]).putInt(77);
    }
    SyntheticFiles.idx(folder.resolve("emnist-x-test-labels-idx2-int"), 12, wide.array(), n, 2);
    Pictures pictures = ExampleFiles.read(folder);
    assertThat(pictures.training().classNames())
        .hasSize(47)
        .startsWith("0", "1", "2")
        .contains("A");
    assertThat(pictures.test().size()).isEqualTo(n);
    assertThat(pictures.test().label(46)).isEqualTo(46);
    assertThat(pictures.test().pixel(46, 0)).isEqualTo(47);
    Path other = folder.resolve("other-train-images-idx3-ubyte");
    ByteBuffer reals = ByteBuffer.allocate(4 * n * 6);
    for (int i = 0; i < n * 6; i++) {
      reals.putFloat(i / 8f);
    }
    SyntheticFiles.idx(other, 13, reals.array(), n, 2, 3);
    SyntheticFiles.idx(folder.resolve("other-train-labels-idx1-ubyte"), 8, labels, n);
    assertThat(problem(folder)).contains("holds several datasets of IDX files, emnist-x-, other-");
    assertThat(ExampleFiles.read(other).training().hasPixels()).isFalse();
    SyntheticFiles.idx(folder.resolve("other-train-labels-idx1-ubyte"), 8, labels, n - 1, 1);
    assertThat(problem(other)).contains("expected the end, found more bytes");
    Files.delete(folder.resolve("other-train-labels-idx1-ubyte"));
    assertThat(problem(other)).contains("no file other-train-labels-idx...");
  }

  @Test
  void bothVersionsOfCifarGiveTheSamePictures() throws IOException {
    byte[] pixels = SyntheticFiles.pixels(4);
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    int[] labels = {99, 0, 44, 0};
    for (int i = 0; i < 4; i++) {
      records.write(7); // the coarse label
      records.write(labels[i]);
      records.write(pixels, 3072 * i, 3072);
    }
    Path binary = Files.createDirectory(folder.resolve("cifar-100-binary"));
    Files.write(binary.resolve("train.bin"), records.toByteArray());
    Files.write(binary.resolve("test.bin"), records.toByteArray());
    Pictures pictures = ExampleFiles.read(folder);
    assertThat(pictures.training().classNames()).hasSize(100).endsWith("worm").contains("lizard");
    assertThat(pictures.training().label(2)).isEqualTo(44);
    Path python = folder.resolve("p/cifar-100-python");
    Files.createDirectories(python);
    for (String name : List.of("train", "test", "meta")) {
      Files.write(python.resolve(name), SyntheticFiles.pickle("fine_labels", labels));
    }
    assertThat(ExampleFiles.read(folder.resolve("p")).sha256()).isEqualTo(pictures.sha256());
    Path one = folder.resolve("some.bin");
    Files.write(one, records.toByteArray());
    assertThat(ExampleFiles.read(one).training().classes()).isEqualTo(100);
    Files.write(python.resolve("test"), SyntheticFiles.pickle("labels", labels));
    assertThat(problem(folder.resolve("p"))).contains("is no dictionary with 'fine_labels'");
    byte[] cut = SyntheticFiles.pickle("fine_labels", labels);
    Files.write(python.resolve("test"), Arrays.copyOf(cut, cut.length - 20));
    assertThat(problem(folder.resolve("p"))).contains("bytes, found the end after ");
    Path ten = Files.createDirectory(folder.resolve("q")).resolve("cifar-10-batches-py");
    Files.createDirectory(ten);
    for (String name : List.of("data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4")) {
      Files.write(ten.resolve(name), SyntheticFiles.pickle("labels", 9, 0, 1));
    }
    Files.write(ten.resolve("data_batch_5"), SyntheticFiles.pickle("labels", 3));
    Files.write(ten.resolve("test_batch"), SyntheticFiles.pickle("labels", 9, 0, 1));
    Pictures ofTen = ExampleFiles.read(folder.resolve("q"));
    assertThat(ofTen.training().size()).isEqualTo(13);
    assertThat(ofTen.training().label(12)).isEqualTo(3);
    assertThat(ofTen.training().pixel(1, 7)).isEqualTo(pixels[3072 + 7] & 0xff);
    Files.createDirectory(folder.resolve("q/cifar-100-binary"));
    assertThat(problem(folder.resolve("q")))
        .endsWith("holds CIFAR-10 and CIFAR-100: expected the folder of one of them");
  }

  @Test
  void aFileOfAnotherKindIsNamed() throws IOException {
    assertThat(problem(folder.resolve("none"))).endsWith("there is no such file or folder");
    Path npy = Files.createFile(folder.resolve("a.npy"));
    assertThat(problem(npy))
        .contains("is one array", "numpy.savez('data.npz', x=numpy.load('a.npy'), y=labels)");
    assertThat(problem(Files.createFile(folder.resolve("a.h5"))))
        .contains("numpy.savez('data.npz'");
    assertThat(problem(Files.createFile(folder.resolve("a.zip")))).contains("the folder that it");
    assertThat(problem(Files.createDirectory(folder.resolve("empty"))))
        .endsWith("empty: holds no pictures: it is empty");
  }
}
