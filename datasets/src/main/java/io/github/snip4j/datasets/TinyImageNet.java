package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tiny-ImageNet: 200 kinds of thing, 500 pictures of each to train on and 50 to test on, {@code [3,
 * 64, 64]}, as a tree of JPEG files (Stanford's course CS231n).
 *
 * <p>The published test set has no labels; the published validation set is the test set here, as in
 * the paper. Layout: {@code wnids.txt}, the classes; {@code words.txt}, their names; {@code
 * train/<class>/images/*.JPEG}; {@code val/images/*.JPEG} with {@code val/val_annotations.txt}.
 */
public final class TinyImageNet {
  private static final Shape EXAMPLE = Shape.of(3, 64, 64);
  private static final long LARGEST = 1 << 20;
  private static final String SUFFIX = ".JPEG";

  private final Path root;
  private final List<String> classes;

  private TinyImageNet(Path root) throws IOException {
    this.root = root;
    this.classes = Folders.lines(root.resolve("wnids.txt"));
    if (classes.isEmpty() || new HashSet<>(classes).size() < classes.size()) {
      throw new BadFileException(
          root.resolve("wnids.txt").toString(), "expected one class or more, each once");
    }
    for (String wnid : classes) {
      checkName(wnid, root.resolve("wnids.txt"));
    }
  }

  /**
   * The tree in a folder, or in {@code tiny-imagenet-200} below it. Files whose names begin with a
   * dot are not looked at. All pixels are held in memory, 1.3 GB.
   *
   * @throws BadFileException if a file is missing, is not what it should be, or should not be there
   * @throws IOException if one cannot be read
   */
  public static Pictures read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new BadFileException(folder.toString(), "there is no such folder");
    }
    Path below = folder.resolve("tiny-imagenet-200");
    TinyImageNet tree = new TinyImageNet(Files.isDirectory(below) ? below : folder);
    List<String> names = tree.classNames();
    return new Pictures(
        tree.training().decode(EXAMPLE, names, TinyImageNet::decode),
        tree.test().decode(EXAMPLE, names, TinyImageNet::decode));
  }

  private static void decode(Path file, byte[] pixels, int offset) throws IOException {
    if (Files.size(file) > LARGEST || !Files.isRegularFile(file)) {
      throw new BadFileException(
          file.toString(), "expected a file of at most " + LARGEST + " bytes");
    }
    JpegPicture.decode(Files.readAllBytes(file), file.toString(), EXAMPLE, pixels, offset);
  }

  private PictureFiles training() throws IOException {
    Path train = root.resolve("train");
    Set<String> folders = new TreeSet<>(Folders.visible(train));
    folders.removeAll(classes);
    if (!folders.isEmpty()) {
      throw new BadFileException(
          train.resolve(folders.iterator().next()).toString(), "is no class in wnids.txt");
    }
    PictureFiles files = new PictureFiles();
    for (int k = 0; k < classes.size(); k++) {
      Path images = train.resolve(classes.get(k)).resolve("images");
      for (String name : pictures(images)) {
        files.add(images.resolve(name), k);
      }
    }
    return files;
  }

  private PictureFiles test() throws IOException {
    Path annotations = root.resolve("val/val_annotations.txt");
    Path images = root.resolve("val/images");
    Set<String> unlabelled = pictures(images);
    Map<String, Integer> numbers = new HashMap<>();
    for (int k = 0; k < classes.size(); k++) {
      numbers.put(classes.get(k), k);
    }
    PictureFiles files = new PictureFiles();
    for (String line : Folders.lines(annotations)) {
      String[] fields = line.split("\t", -1);
      int label = fields.length < 2 ? -1 : numbers.getOrDefault(fields[1], -1);
      if (label < 0) {
        throw new BadFileException(
            annotations.toString(), "'" + line + "' names no class of wnids.txt");
      }
      if (!unlabelled.remove(fields[0])) {
        throw new BadFileException(
            annotations.toString(), "'" + fields[0] + "' is not in " + images + ", or named twice");
      }
      files.add(images.resolve(fields[0]), label);
    }
    if (!unlabelled.isEmpty()) {
      throw new BadFileException(
          annotations.toString(), "has no label for '" + unlabelled.iterator().next() + "'");
    }
    return files;
  }

  private List<String> classNames() throws IOException {
    Path words = root.resolve("words.txt");
    Map<String, String> names = new HashMap<>();
    for (String line : Folders.lines(words)) {
      int tab = line.indexOf('\t');
      int end = line.indexOf(',', Math.max(0, tab)); // the first of several synonyms
      if (tab >= 0) {
        names.put(line.substring(0, tab), line.substring(tab + 1, end < 0 ? line.length() : end));
      }
    }
    List<String> inOrder = new ArrayList<>();
    for (String wnid : classes) {
      String name = names.get(wnid);
      if (name == null) {
        throw new BadFileException(words.toString(), "has no name for class " + wnid);
      }
      inOrder.add(name);
    }
    return inOrder;
  }

  /** The pictures of a folder, sorted, so that their order is the same everywhere. */
  private static Set<String> pictures(Path folder) throws IOException {
    Set<String> names = Folders.visible(folder);
    for (String name : names) {
      if (!name.endsWith(SUFFIX)) {
        throw new BadFileException(
            folder.resolve(name).toString(), "expected only " + SUFFIX + " files in this folder");
      }
    }
    return names;
  }

  /** A class's name is the name of a folder, and must not lead anywhere else. */
  private static void checkName(String wnid, Path file) throws BadFileException {
    if (!wnid.matches("[A-Za-z0-9_-]+")) {
      throw new BadFileException(file.toString(), "'" + wnid + "' is no class, as n01443537 is");
    }
  }
}
