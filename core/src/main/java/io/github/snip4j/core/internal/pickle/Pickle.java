package io.github.snip4j.core.internal.pickle;

import io.github.snip4j.core.io.BadFileException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads pickles, as {@code torch.save} and CIFAR's authors write them, without executing anything:
 * a name of a Python object is a name here, and calling it is a {@link Call} that is written down.
 * Whoever reads the result looks for the few calls that he knows.
 *
 * <p>The operations are those of protocol 2, and those of protocols 3 and 4 that PyTorch's newer
 * versions write [Python, <i>Lib/pickletools.py</i>]. Time and memory are proportional to the
 * pickle: what is remembered is shared and never copied.
 */
public final class Pickle {
  private static final int LONGEST_NAME = 1000;

  /** The name of a Python object, as in {@code torch.FloatStorage}. */
  public record Name(String text) {}

  /** What stands for an object that is stored elsewhere: a tensor's storage. */
  public record Stored(List<Object> says) {}

  /** Bytes, or a text of Python 2, which had one kind for both. */
  public static final class Bytes {
    private final ByteBuffer bytes;

    Bytes(ByteBuffer bytes) {
      this.bytes = bytes;
    }

    /** The bytes, to be read from position 0; shared. */
    public ByteBuffer buffer() {
      return bytes.duplicate();
    }

    /** The bytes as a text. */
    public String text() {
      return StandardCharsets.UTF_8.decode(buffer()).toString();
    }
  }

  /** Something that Python would call. */
  public static final class Call {
    private final Object callee;
    private final List<Object> arguments;
    private Object state = Other.NONE;

    Call(Object callee, List<Object> arguments) {
      this.callee = callee;
      this.arguments = arguments;
    }

    /** What is called, most often a {@link Name}. */
    public Object callee() {
      return callee;
    }

    /** What it is called with. */
    public List<Object> arguments() {
      return arguments;
    }

    /** What is then put into the object that came out; {@link Other#NONE} if nothing is. */
    public Object state() {
      return state;
    }

    /** Whether that is called what is called. */
    public boolean isOf(String name) {
      return callee instanceof Name named && named.text().equals(name);
    }
  }

  /** Python's None, and objects whose state nobody needs. */
  public enum Other {
    /** Python's None. */
    NONE,
    /** Where a list of values begins on the stack. */
    MARK
  }

  private final PickleInput in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private Pickle(String file, byte[] bytes) {
    this.in = new PickleInput(file, bytes);
  }

  /**
   * The object of a pickle: a {@code Map}, a {@code List}, a {@code String}, a {@code Long}, a
   * {@code Double}, a {@code Boolean}, or one of the types of this class.
   *
   * @param file for messages
   * @throws BadFileException if it is no pickle, or one of another protocol
   */
  public static Object read(String file, byte[] bytes) throws BadFileException {
    return new Pickle(file, bytes).object();
  }

  private Object object() throws BadFileException {
    while (true) {
      int operation = in.u1();
      if (operation == '.') {
        return pop();
      }
      one(operation);
    }
  }

  private void one(int operation) throws BadFileException {
    switch (operation) {
      case 0x80 -> in.u1(); // PROTO
      case 0x95 -> in.take(8); // FRAME
      case '(' -> push(Other.MARK);
      case '0' -> pop();
      case '1' -> toMark(); // POP_MARK
      case 'N' -> push(Other.NONE);
      case 0x88 -> push(true);
      case 0x89 -> push(false);
      case 'K' -> push((long) in.u1());
      case 'M' -> push((long) (in.take(2).getShort() & 0xffff));
      case 'J' -> push((long) in.take(4).getInt());
      case 0x8a -> push(in.longOf(in.u1())); // LONG1
      case 'G' -> push(in.take(8).order(ByteOrder.BIG_ENDIAN).getDouble());
      case 'X' -> push(in.text(in.length()));
      case 0x8c -> push(in.text(in.u1())); // SHORT_BINUNICODE
      case 'U', 'C' -> push(new Bytes(in.take(in.u1()))); // SHORT_BINSTRING, SHORT_BINBYTES
      case 'T', 'B' -> push(new Bytes(in.take(in.length()))); // BINSTRING, BINBYTES
      case 0x8e -> push(new Bytes(in.take(in.longLength()))); // BINBYTES8
      case '}' -> push(new LinkedHashMap<Object, Object>());
      case ']' -> push(new ArrayList<Object>());
      case ')' -> push(List.of());
      case 0x8f -> push(new ArrayList<Object>()); // EMPTY_SET
      case 't' -> push(toMark());
      case 'l' -> push(toMark()); // LIST
      case 0x85 -> push(last(1));
      case 0x86 -> push(last(2));
      case 0x87 -> push(last(3));
      case 'q' -> memo.put(in.u1(), top());
      case 'r' -> memo.put(in.length(), top());
      case 0x94 -> memo.put(memo.size(), top()); // MEMOIZE
      case 'h' -> push(remembered(in.u1()));
      case 'j' -> push(remembered(in.length()));
      case 'c' -> push(new Name(in.line() + "." + in.line())); // GLOBAL
      case 0x93 -> { // STACK_GLOBAL
        List<Object> names = last(2);
        push(new Name(part(names.get(0)) + "." + part(names.get(1))));
      }
      case 'R', 0x81 -> call(); // REDUCE, NEWOBJ
      case 'b' -> build();
      case 'Q' -> push(new Stored(list(pop())));
      case 's' -> {
        List<Object> pair = last(2);
        put(pair);
      }
      case 'u' -> put(toMark());
      case 'a' -> append(last(1));
      case 'e', 0x90 -> append(toMark());
      default -> throw in.bad("an operation of a pickle", "0x" + Integer.toHexString(operation));
    }
  }

  private void call() throws BadFileException {
    List<Object> arguments = list(pop());
    Object callee = pop();
    boolean dictionary =
        callee instanceof Name name && name.text().equals("collections.OrderedDict");
    push(dictionary ? new LinkedHashMap<Object, Object>() : new Call(callee, arguments));
  }

  private void build() throws BadFileException {
    Object state = pop();
    if (top() instanceof Call call) {
      call.state = state;
    }
  }

  private String part(Object name) throws BadFileException {
    if (name instanceof String text && text.length() <= LONGEST_NAME) {
      return text;
    }
    throw in.bad("the name of a Python object", "something else");
  }

  private void put(List<Object> pairs) throws BadFileException {
    if (!(top() instanceof Map<?, ?> map) || pairs.size() % 2 != 0) {
      throw in.bad("a dictionary to put entries into", "something else");
    }
    @SuppressWarnings("unchecked") // all dictionaries are made here
    Map<Object, Object> into = (Map<Object, Object>) map;
    for (int i = 0; i < pairs.size(); i += 2) {
      Object key = pairs.get(i) instanceof Bytes bytes ? bytes.text() : pairs.get(i);
      into.put(key instanceof String || key instanceof Long ? key : "?", pairs.get(i + 1));
    }
  }

  private void append(List<Object> values) throws BadFileException {
    if (top() instanceof ArrayList<?> list) {
      @SuppressWarnings("unchecked") // all lists are made here
      List<Object> into = (List<Object>) list;
      into.addAll(values);
    } else if (!(top() instanceof Call)) { // an object of somebody's own is not looked into
      throw in.bad("a list to append to", "something else");
    }
  }

  private List<Object> list(Object value) throws BadFileException {
    if (value instanceof List<?> list) {
      return Collections.unmodifiableList(list);
    }
    throw in.bad("a tuple", "something else");
  }

  private void push(Object value) {
    stack.add(value);
  }

  private Object top() throws BadFileException {
    if (stack.isEmpty()) {
      throw in.bad("a value before it", "none");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() throws BadFileException {
    Object top = top();
    stack.remove(stack.size() - 1);
    return top;
  }

  private List<Object> last(int count) throws BadFileException {
    if (stack.size() < count) {
      throw in.bad(count + " values before it", "" + stack.size());
    }
    List<Object> end = stack.subList(stack.size() - count, stack.size());
    List<Object> taken = new ArrayList<>(end);
    end.clear();
    return taken;
  }

  private List<Object> toMark() throws BadFileException {
    int mark = stack.lastIndexOf(Other.MARK);
    if (mark < 0) {
      throw in.bad("a mark before it", "none");
    }
    List<Object> values = last(stack.size() - mark - 1);
    pop();
    return values;
  }

  private Object remembered(int number) throws BadFileException {
    Object value = memo.get(number);
    if (value == null) {
      throw in.bad("a remembered value", "number " + number);
    }
    return value;
  }
}
