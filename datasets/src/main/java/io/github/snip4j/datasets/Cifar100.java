package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * CIFAR-100: 50,000 + 10,000 colour pictures of a hundred kinds of thing, {@code [3, 32, 32]}, in
 * its binary version or that for Python (Krizhevsky, <i>Learning multiple layers of features from
 * tiny images</i>, 2009). Its labels are the fine ones.
 */
public final class Cifar100 {
  /** What is on the pictures. */
  public static final List<String> CLASS_NAMES =
      List.of(
          """
          apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge
          bus butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud
          cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish forest fox
          girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster man
          maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid otter palm_tree
          pear pickup_truck pine_tree plain plate poppy porcupine possum rabbit raccoon ray
          road rocket rose sea seal shark shrew skunk skyscraper snail snake spider squirrel
          streetcar sunflower sweet_pepper table tank telephone television tiger tractor train
          trout tulip turtle wardrobe whale willow_tree wolf woman worm
          """
              .strip()
              .split("\\s+"));

  private static final String BINARY = "cifar-100-binary";
  private static final String PYTHON = "cifar-100-python";

  private Cifar100() {}

  /** Whether a folder, or one below it, looks as if it held CIFAR-100. */
  static boolean isIn(Path folder) {
    return Files.isDirectory(folder.resolve(BINARY))
        || Files.isDirectory(folder.resolve(PYTHON))
        || Files.isRegularFile(folder.resolve("train.bin"))
        || (Files.isRegularFile(folder.resolve("train"))
            && Files.isRegularFile(folder.resolve("meta")));
  }

  /**
   * Two files in a folder, or in {@code cifar-100-binary} below it: {@code train.bin} and {@code
   * test.bin}; or those of the version for Python, in {@code cifar-100-python}, whose names have no
   * {@code .bin}. Without the second a fifth of the first is tested on.
   *
   * @throws BadFileException if the first is missing, or one is not what it should be
   * @throws IOException if one cannot be read
   */
  public static Pictures read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new BadFileException(folder.toString(), "there is no such folder");
    }
    for (String name : List.of(BINARY, PYTHON)) {
      if (Files.isDirectory(folder.resolve(name))) {
        return read(folder.resolve(name));
      }
    }
    boolean python =
        Files.exists(folder.resolve("train")) && !Files.exists(folder.resolve("train.bin"));
    String suffix = python ? "" : ".bin";
    Path test = folder.resolve("test" + suffix);
    Dataset training = file(folder.resolve("train" + suffix), python);
    return Files.exists(test)
        ? new Pictures(training, file(test, python))
        : Pictures.divided(training, ExampleFiles.TEST_SEED);
  }

  /** The pictures of one file. */
  static Dataset file(Path file, boolean python) throws IOException {
    if (python) {
      CifarPickles pickles = new CifarPickles("fine_labels", CLASS_NAMES);
      pickles.add(file);
      return pickles.dataset();
    }
    CifarRecords records = new CifarRecords(2, CifarNames.hundred(Folders.of(file)));
    records.add(file);
    return records.dataset();
  }
}
