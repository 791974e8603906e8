package io.github.snip4j.nn.io;

import io.github.snip4j.core.internal.pickle.Pickle;
import io.github.snip4j.core.internal.pickle.Pickle.Call;
import io.github.snip4j.core.internal.pickle.Pickle.Name;
import io.github.snip4j.core.internal.pickle.Pickle.Stored;
import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.core.tensor.Tensor;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Files of {@code torch.save}, in the form of a zip archive that PyTorch writes since version 1.6:
 * a pickle that says what there is, and the bytes of each storage. Of the pickle nothing but
 * dictionaries and calls that rebuild tensors is understood, and nothing is executed.
 */
final class TorchFile {
  private static final String REBUILD = "torch._utils._rebuild_tensor_v2";
  private static final int DEEPEST = 4; // dictionaries, or parameters, within one another
  private static final String PARAMETER = "torch._utils._rebuild_parameter";
  private static final List<String> HOLDERS =
      List.of("state_dict", "model_state_dict", "model", "net", "network", "module");

  private static final Map<String, Elements> STORAGES =
      Map.of(
          "torch.DoubleStorage", Elements.F64,
          "torch.FloatStorage", Elements.F32,
          "torch.HalfStorage", Elements.F16,
          "torch.BFloat16Storage", Elements.BF16,
          "torch.LongStorage", Elements.I64,
          "torch.IntStorage", Elements.I32,
          "torch.ShortStorage", Elements.I16,
          "torch.CharStorage", Elements.I8,
          "torch.ByteStorage", Elements.U8,
          "torch.BoolStorage", Elements.BOOL);

  private final Path file;
  private final ZipFile zip;
  private final String folder;
  private final Map<String, ByteBuffer> storages = new HashMap<>();
  private long budget;

  private TorchFile(Path file, ZipFile zip, String folder, long length) {
    this.file = file;
    this.zip = zip;
    this.folder = folder;
    this.budget = 4 * length + (1 << 20); // bytes: storages may be shared, but not without end
  }

  /** The tensors of a file. */
  static Map<String, Tensor> read(Path file) throws IOException {
    long length = Files.size(file);
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String pickle = pickle(file, zip);
      String folder = pickle.substring(0, pickle.length() - "data.pkl".length());
      TorchFile torch = new TorchFile(file, zip, folder, length);
      if (zip.getEntry(folder + "constants.pkl") != null) {
        throw new BadFileException(
            file.toString(),
            "is a program of TorchScript: expected a state_dict; in Python:"
                + " torch.save(torch.jit.load(FILE).state_dict(), 'weights.pt')");
      }
      Object object = Pickle.read(file + ", data.pkl", torch.bytes(pickle, length));
      return torch.tensors(object, 0);
    } catch (EOFException e) { // an entry that the directory places beyond the end
      throw new BadFileException(file.toString(), "an entry lies beyond the end of the file");
    } catch (ZipException e) {
      throw new BadFileException(
          file.toString(),
          "is no zip archive, as torch.save writes since PyTorch 1.6; in Python:"
              + " torch.save(torch.load(FILE), 'weights.pt')");
    } catch (IllegalArgumentException e) { // a name that is no text
      throw new BadFileException(file.toString(), "its directory is damaged: " + e.getMessage());
    }
  }

  private static String pickle(Path file, ZipFile zip) throws BadFileException {
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      String name = entries.nextElement().getName();
      if (name.equals("data.pkl") || name.endsWith("/data.pkl")) {
        return name;
      }
    }
    throw new BadFileException(file.toString(), "holds no data.pkl: torch.save did not write it");
  }

  /** An entry; torch.save packs nothing, so that it is not larger than the file. */
  private byte[] bytes(String name, long most) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new BadFileException(file.toString(), "holds no entry '" + name + "'");
    }
    if (entry.getMethod() != ZipEntry.STORED || entry.getSize() > most) {
      throw new BadFileException(
          file.toString(), "entry '" + name + "' is packed: torch.save did not write it");
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] all = in.readNBytes((int) Math.min(entry.getSize(), Integer.MAX_VALUE - 8));
      if (all.length != entry.getSize()) {
        throw new BadFileException(file.toString(), "entry '" + name + "' ends early");
      }
      return all;
    }
  }

  private Map<String, Tensor> tensors(Object object, int depth) throws IOException {
    if (!(object instanceof Map<?, ?> dictionary)) {
      throw new BadFileException(
          file.toString(),
          (object instanceof Call call
                  ? "holds an object of the class " + name(call.callee())
                  : "holds no dictionary")
              + ": expected a state_dict; in Python: torch.save(model.state_dict(), 'weights.pt')");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : dictionary.entrySet()) {
      Tensor tensor = tensor(String.valueOf(entry.getKey()), entry.getValue(), 0);
      if (tensor != null) {
        tensors.put(String.valueOf(entry.getKey()), tensor);
      }
    }
    if (!tensors.isEmpty()) {
      return tensors;
    }
    for (String holder : HOLDERS) {
      if (depth < DEEPEST && dictionary.get(holder) instanceof Map<?, ?> inner) {
        return tensors(inner, depth + 1);
      }
    }
    throw new BadFileException(
        file.toString(),
        "holds no tensors, but " + dictionary.keySet() + ": expected a state_dict");
  }

  private static String name(Object callee) {
    return callee instanceof Name name ? name.text() : "?";
  }

  /** Null if it is none. */
  private @Nullable Tensor tensor(String name, Object value, int depth) throws IOException {
    if (!(value instanceof Call call) || depth > DEEPEST) {
      return null;
    }
    List<Object> arguments = call.arguments();
    if (name(call.callee()).equals(PARAMETER) && !arguments.isEmpty()) {
      return tensor(name, arguments.get(0), depth + 1);
    }
    if (!name(call.callee()).equals(REBUILD)) {
      return null;
    }
    if (arguments.size() < 4
        || !(arguments.get(0) instanceof Stored stored)
        || !(arguments.get(1) instanceof Long offset)
        || !(arguments.get(2) instanceof List<?> dims)
        || !(arguments.get(3) instanceof List<?> strides)
        || dims.size() != strides.size()) {
      throw bad(name, "is not as torch.save writes tensors");
    }
    return strided(name, stored, offset, lengths(name, dims), lengths(name, strides));
  }

  private Tensor strided(String name, Stored stored, long offset, int[] dims, int[] strides)
      throws IOException {
    List<Object> says = stored.says(); // 'storage', type, key, device, count
    if (says.size() < 5 || !(says.get(1) instanceof Name type)) {
      throw bad(name, "has a storage that torch.save does not write");
    }
    Elements elements = STORAGES.get(type.text());
    if (elements == null) {
      throw bad(name, "has elements of the type " + type.text());
    }
    Shape shape;
    try {
      shape = Shape.of(dims);
    } catch (IllegalArgumentException e) {
      throw bad(name, String.valueOf(e.getMessage()));
    }
    ByteBuffer storage = storage(String.valueOf(says.get(2)));
    long last = offset;
    for (int axis = 0; axis < dims.length; axis++) {
      last += Math.max(0L, dims[axis] - 1L) * strides[axis];
    }
    budget -= (long) shape.size() * elements.bytes;
    boolean within = offset >= 0 && (last + 1) * elements.bytes <= storage.capacity();
    if ((shape.size() > 0 && !within) || budget < 0) {
      throw bad(name, shape + " lies outside its storage, or is more than the file holds");
    }
    ByteBuffer inOrder = ByteBuffer.allocate(Math.multiplyExact(shape.size(), elements.bytes));
    int[] at = new int[dims.length];
    for (int i = 0; i < shape.size(); i++) {
      long position = offset;
      for (int axis = 0; axis < dims.length; axis++) {
        position += (long) at[axis] * strides[axis];
      }
      for (int b = 0; b < elements.bytes; b++) {
        inOrder.put(storage.get((int) position * elements.bytes + b));
      }
      for (int axis = dims.length - 1; axis >= 0 && ++at[axis] == dims[axis]; axis--) {
        at[axis] = 0;
      }
    }
    return elements.tensor(shape, inOrder.flip());
  }

  private ByteBuffer storage(String key) throws IOException {
    ByteBuffer known = storages.get(key);
    if (known == null) {
      known = ByteBuffer.wrap(bytes(folder + "data/" + key, Files.size(file)));
      storages.put(key, known);
    }
    return known;
  }

  private int[] lengths(String name, List<?> numbers) throws BadFileException {
    int[] lengths = new int[numbers.size()];
    for (int i = 0; i < lengths.length; i++) {
      if (!(numbers.get(i) instanceof Long length) || length < 0 || length > Integer.MAX_VALUE) {
        throw bad(name, "has an axis of a length that is no whole number of 0 or more");
      }
      lengths[i] = length.intValue();
    }
    return lengths;
  }

  private BadFileException bad(String name, String problem) {
    return new BadFileException(file.toString(), "tensor '" + name + "' " + problem);
  }
}
