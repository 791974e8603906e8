package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.datasets.Cifar100;
import io.github.snip4j.nn.NetworkFile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** One command from data as people have them to a pruned, trained, evaluated network. */
class OwnDataTest extends CommandTestBase {
  /** Runs, and looks at all that comes out. */
  private Path run(Path data, List<String> classes, String... options) throws IOException {
    Path run = folder.resolve("run");
    List<String> words = new ArrayList<>(List.of("run", "--data=" + data, "--out=" + run));
    words.addAll(List.of(options));
    assertThat(snip4j(words.toArray(String[]::new))).as(err.toString()).isZero();
    String title = String.valueOf(data.getFileName());
    String report = Files.readString(run.resolve("report.html"));
    assertThat(report).contains("trained on " + title);
    RunResult result = RunResult.read(run.resolve("result.json"));
    assertThat(result.options().data().name()).isEqualTo(data.toString());
    assertThat(NetworkFile.read(run.resolve("network.npz")).card().classes())
        .containsExactlyElementsOf(classes);
    out.getBuffer().setLength(0);
    List<String> tested = new ArrayList<>(List.of("evaluate", "--data=" + data, "--batch=20"));
    tested.add("--network=" + run.resolve("network.npz"));
    words.stream().filter(w -> w.matches("--(size|ignore)=.*")).forEach(tested::add);
    assertThat(snip4j(tested.toArray(String[]::new))).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("test examples of " + title)
        .contains(
            String.format(
                Locale.ROOT, "error %.2f %%", 100 * result.pruned().last().test().error()))
        .contains("most often taken for");
    return run;
  }

  private void picture(String name, int height, int width, boolean light) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int noise = new Seed(name.hashCode()).below(y * width + x, 90);
        boolean inside = light ? x < width / 2 : x >= width / 2;
        image.setRGB(x, y, (inside ? 0x909090 : 0x101010) + noise * 0x010101);
      }
    }
    Path file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    ImageIO.write(image, "png", file.toFile());
  }

  @Test
  void aPathSaysItselfWhereTheDataOfARunAreThatGoesOn() throws IOException, InterruptedException {
    Path table = folder.resolve("table.csv");
    StringBuilder rows = new StringBuilder("x,y,label\n");
    for (int i = 0; i < 60; i++) {
      rows.append(i % 2).append(',').append(i % 3).append(i % 2 == 0 ? ",even\n" : ",odd\n");
    }
    Files.writeString(table, rows);
    Path run = folder.resolve("run");
    Process process =
        SubProcess.start(
            folder.resolve("log"),
            List.of(),
            "run",
            "--data=" + table,
            "--model=mlp:2-5-2",
            "--sparsity=0.5",
            "--iterations=1000000",
            "--checkpoint-every=5",
            "--out=" + run);
    for (int i = 0; i < 600 && !Files.exists(run.resolve("checkpoint.npz")); i++) {
      Thread.sleep(50);
    }
    process.destroyForcibly().waitFor();
    assertThat(mistake("run", "--resume=" + run, "--data-dir=" + folder))
        .isEqualTo("snip4j: --data-dir does not go with a run on " + table + ", which is a path");
    assertThat(run.resolve("checkpoint.npz")).exists();
  }

  @Test
  void twelvePicturesInTwoFolders() throws IOException {
    for (int i = 0; i < 6; i++) {
      picture("pets/cat/" + i + ".png", 20, 30 + i, true);
      picture("pets/dog/" + i + ".png", 24, 30, false);
    }
    Path pets = folder.resolve("pets");
    Path run = folder.resolve("run");
    run(
        pets,
        List.of("cat", "dog"),
        "--size=16x16",
        "--model=mlp:768-20-2",
        "--sparsity=0.9",
        "--iterations=60");
    String report = Files.readString(run.resolve("report.html"));
    assertThat(report).contains("What the network looks at", ">cat<", ">dog<");
    assertThat(out.toString()).containsPattern("cat +1 +").containsPattern("dog +1 +");
    assertThat(mistake("run", "--data=" + pets, "--model=mlp:768-20-2"))
        .contains("pixels, and ", "or --size, to which they are resized");
    assertThat(mistake("run", "--data=" + pets, "--size=16x16", "--model=mlp:784-20-2"))
        .contains("takes [1, 28, 28]", "pets has [3, 16, 16] and 2 classes");
    Path sheet = folder.resolve("sheet.png");
    String show = "--out=" + sheet;
    assertThat(mistake("datasets", "show", pets.toString(), "--size=16", "--examples=6", show))
        .contains("'16': expected HEIGHTxWIDTH in pixels, as in 32x32");
    out.getBuffer().setLength(0);
    assertThat(snip4j("datasets", "show", pets.toString(), "--size=9x9", "--examples=6", show))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).contains("cat, dog");
    out.getBuffer().setLength(0);
    assertThat(snip4j("models", "--data=" + pets, "--size=32x32")).isZero();
    assertThat(out.toString()).contains("resnet-18", "[3, 32, 32]").doesNotContain("lstm");
  }

  private Path flowers() throws IOException {
    List<String> kinds = List.of("setosa", "versicolor", "virginica");
    double[][] means = {{5.0, 3.4, 1.5, 0.2}, {5.9, 2.8, 4.3, 1.3}, {6.6, 3.0, 5.6, 2.0}};
    StringBuilder text = new StringBuilder("Id,sepal length,sepal width,petal,width,Species\n");
    for (int i = 0; i < 150; i++) {
      text.append(i + 1);
      for (int k = 0; k < 4; k++) {
        double value = means[i / 50][k] + 0.25 * new Seed(3).normal(4L * i + k);
        text.append(String.format(Locale.ROOT, ",%.1f", value));
      }
      text.append(',').append(kinds.get(i / 50)).append('\n');
    }
    return Files.writeString(folder.resolve("flowers.csv"), text);
  }

  @Test
  void aTableOfFlowers() throws IOException {
    Path flowers = flowers();
    assertThat(mistake("run", "--data=" + flowers, "--model=mlp:5-16-3"))
        .endsWith(
            "flowers.csv: column 'Id' only counts the rows, and is no feature: --ignore 'Id' leaves"
                + " it out");
    assertThat(mistake("run", "--data=" + flowers, "--label=Kind"))
        .contains("no column is called 'Kind'", "--label says which holds the classes");
    Path run =
        run(
            flowers,
            List.of("setosa", "versicolor", "virginica"),
            "--ignore=Id",
            "--model=mlp:4-16-3",
            "--sparsity=0.5",
            "--iterations=200");
    assertThat(RunResult.read(run.resolve("result.json")).pruned().last().test().error())
        .isLessThan(0.2);
    assertThat(NetworkFile.read(run.resolve("network.npz")).card().mean()).hasSize(4);
    assertThat(mistake("run", "--data=" + flowers, "--ignore=Id", "--invert", "--model=mlp:4-9-3"))
        .contains("these examples are numbers of [4]: expected pictures of bytes");
  }

  @Test
  void aNetworkIsTestedOnTheColumnsClassesAndScaleThatItWasTrainedOn() throws IOException {
    Path flowers = flowers();
    Path run =
        run(
            flowers,
            List.of("setosa", "versicolor", "virginica"),
            "--ignore=Id",
            "--model=mlp:4-16-3",
            "--sparsity=0",
            "--iterations=100");
    String network = "--network=" + run.resolve("network.npz");
    StringBuilder other = new StringBuilder();
    StringBuilder turned = new StringBuilder();
    boolean head = true;
    for (String line : Files.readAllLines(flowers)) {
      String[] field = line.split(",", -1);
      turned
          .append(String.join(",", field[1], field[2], field[4], field[3], field[5]))
          .append('\n');
      other.append(String.join(",", field[1], field[2], field[3], field[4], field[5])).append('\n');
      if (!head && field[5].equals("setosa")) { // as often again, which moves the means
        other.append(String.join(",", field[1], field[2], field[3], field[4], field[5]));
        other.append('\n');
      }
      head = false;
    }
    Path table = Files.writeString(folder.resolve("other.csv"), turned);
    String model = "--model=mlp:4-16-3";
    for (String[] words :
        new String[][] {
          {"evaluate", network, "--data=" + table},
          {"evaluate", network, "--data=" + table, model},
          {"shrink", network, "--data=" + table, "--keep-units=9", "--out=" + folder + "/s.npz"}
        }) {
      assertThat(mistake(words))
          .contains("takes the columns ... petal, width: other.csv has ... width, petal");
    }
    Files.writeString(table, other);
    out.getBuffer().setLength(0);
    assertThat(snip4j("evaluate", network, "--data=" + table)).as(err.toString()).isZero();
    String scaled = error();
    out.getBuffer().setLength(0);
    assertThat(snip4j("evaluate", network, "--data=" + table, model)).as(err.toString()).isZero();
    assertThat(error()).isEqualTo(scaled);
    List<String> lines = other.toString().lines().toList();
    Files.write(table, IntStream.range(0, 41).mapToObj(i -> lines.get(i * 4)).toList());
    String[] words = {
      "shrink", network, "--data=" + table, "--keep-units=9", "--out=" + folder + "/s.npz"
    };
    assertThat(snip4j(words)).as("40 examples: %s", err).isZero();
    assertThat(Files.exists(folder.resolve("s.npz"))).isTrue();
  }

  /** The error and the cross-entropy in what was printed. */
  private String error() {
    Matcher m =
        Pattern.compile("error [0-9.]+ %, mean cross-entropy [0-9.]+").matcher(out.toString());
    assertThat(m.find()).isTrue();
    return m.group();
  }

  @Test
  void fortySevenClassesOfIdxFiles() throws IOException {
    Path letters = Files.createDirectory(folder.resolve("letters"));
    int n = 235;
    ByteBuffer images = ByteBuffer.allocate(16 + n * 784);
    images.putInt(0x803).putInt(n).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + n);
    labels.putInt(0x801).putInt(n);
    StringBuilder mapping = new StringBuilder();
    for (int i = 0; i < n; i++) {
      labels.put((byte) (i % 47));
      for (int p = 0; p < 784; p++) {
        images.put((byte) new Seed(i % 47).below(p, 256));
      }
      mapping.append(i % 47).append(' ').append(48 + i % 47).append('\n');
    }
    Files.write(letters.resolve("emnist-x-train-images-idx3-ubyte"), images.array());
    Files.write(letters.resolve("emnist-x-train-labels-idx1-ubyte"), labels.array());
    Files.writeString(letters.resolve("emnist-x-mapping.txt"), mapping);
    List<String> classes = IntStream.range(48, 95).mapToObj(Character::toString).toList();
    run(letters, classes, "--model=lenet-300-100", "--sparsity=0.9", "--iterations=30");
    assertThat(out.toString()).contains("and 27 classes with smaller errors");
  }

  /** A hundred pictures of noise, of the first five classes. */
  private static byte[] cifar100() {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int i = 0; i < 100; i++) {
      records.write(0);
      records.write(i % 5);
      for (int p = 0; p < 3072; p++) {
        records.write(new Seed(i).below(p, 256));
      }
    }
    return records.toByteArray();
  }

  @Test
  void aFileOfCifar100() throws IOException {
    Path file = folder.resolve("train.bin");
    Files.write(file, cifar100());
    Path run =
        run(
            file,
            Cifar100.CLASS_NAMES,
            "--model=resnet-8",
            "--sparsity=0.9",
            "--iterations=3",
            "--augment=paper");
    assertThat(Files.readString(run.resolve("report.html")))
        .containsPattern("apple|bear|baby|beaver");
  }

  @Test
  void theNamesBesideAFileOfCifar100AreThoseOfItsClasses() throws IOException {
    Path own = Files.createDirectory(folder.resolve("own"));
    Files.write(own.resolve("train.bin"), cifar100());
    Path names = own.resolve("fine_label_names.txt");
    Files.writeString(names, "grey\n" + "x\n".repeat(98));
    assertThat(mistake("run", "--data=" + own, "--out=" + folder.resolve("none")))
        .isEqualTo(
            "snip4j: "
                + names
                + ": holds 99 names of classes, 2 of them different: expected 100, a line for each"
                + " class");
    List<String> hundred = IntStream.range(0, 100).mapToObj(k -> "colour " + k).toList();
    Files.write(names, hundred);
    run(own, hundred, "--model=linear", "--sparsity=0.5", "--iterations=3");
  }

  @Test
  void runsOnOwnDataAreComparedOnlyIfTheDataAreTheSame() throws IOException {
    Path flowers = flowers();
    String[] words = {
      "compare",
      "--data=" + flowers,
      "--ignore=Id",
      "--model=mlp:4-8-3",
      "--criteria=snip",
      "--sparsities=0.5",
      "--seeds=2",
      "--iterations=20",
      "--out=" + folder.resolve("compared")
    };
    assertThat(snip4j(words)).as(err.toString()).isZero();
    Files.writeString(flowers, Files.readString(flowers).replace("setosa", "iris"));
    assertThat(mistake(words)).contains("is of other data than the flowers.csv that is here now");
  }
}
