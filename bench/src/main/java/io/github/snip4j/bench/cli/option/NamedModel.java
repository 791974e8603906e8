package io.github.snip4j.bench.cli.option;

import io.github.snip4j.bench.run.GivenNetwork;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.nn.NetworkFile;
import io.github.snip4j.nn.model.Model;
import io.github.snip4j.nn.model.Models;
import io.github.snip4j.nn.onnx.OnnxNetwork;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** The networks as people name them. */
public final class NamedModel {
  private NamedModel() {}

  /**
   * The network of this name.
   *
   * @throws UserError if there is none, and which are called almost so
   */
  public static Model of(String name) {
    if (isFile(name)) {
      try {
        return isOnnx(name)
            ? OnnxNetwork.read(Path.of(name))
            : new GivenNetwork(NetworkFile.read(Path.of(name)).network());
      } catch (NoSuchFileException e) {
        throw new UserError("--model " + name + ": there is no such file");
      } catch (BadFileException e) {
        throw new UserError(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw new UserError("--model " + name + ": cannot be read: " + e.getMessage());
      }
    }
    Model model = Models.named(name);
    if (model == null) {
      throw new UserError(
          NameLookup.unknown("model", name, Models.all().stream().map(Model::name).toList()));
    }
    return model;
  }

  private static boolean isFile(String name) {
    return isOnnx(name) || name.toLowerCase(Locale.ROOT).endsWith(".npz");
  }

  private static boolean isOnnx(String name) {
    return name.toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  /** What a result records: a file by its whole path, so that it is found again. */
  static String recorded(String name) {
    return isFile(name) ? Path.of(name).toAbsolutePath().normalize().toString() : name;
  }
}
