package io.github.snip4j.nn.io;

import io.github.snip4j.core.io.BadFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the JSON that heads of files are: objects become maps, arrays lists, numbers doubles. Texts
 * within texts may be a few levels deep.
 */
final class JsonReader {
  private static final int DEEPEST = 32;

  private final String file;
  private final String text;
  private int at;
  private int depth;

  JsonReader(String file, String text) {
    this.file = file;
    this.text = text;
  }

  /** The only value of the text. */
  Object value() throws BadFileException {
    Object value = next();
    space();
    if (at < text.length()) {
      throw bad("the end");
    }
    return value;
  }

  private Object next() throws BadFileException {
    space();
    char c = peek();
    if (c == '{' || c == '[') {
      if (++depth > DEEPEST) {
        throw bad("values within values, at most " + DEEPEST + " deep");
      }
      Object value = c == '{' ? object() : array();
      depth--;
      return value;
    }
    if (c == '"') {
      return string();
    }
    int from = at;
    while (at < text.length() && "+-.0123456789eEtrufalsn".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String word = text.substring(from, at);
    switch (word) {
      case "true", "false", "null" -> {
        return word;
      }
      default -> {
        try {
          return Double.valueOf(word);
        } catch (NumberFormatException e) {
          at = from;
          throw bad("a value");
        }
      }
    }
  }

  private Map<String, Object> object() throws BadFileException {
    Map<String, Object> object = new LinkedHashMap<>();
    at++;
    space();
    if (peek() == '}') {
      at++;
      return object;
    }
    while (true) {
      space();
      String name = string();
      space();
      take(':');
      if (object.put(name, next()) != null) {
        throw bad("each name once; '" + name + "' is there twice");
      }
      space();
      if (peek() == '}') {
        at++;
        return object;
      }
      take(',');
    }
  }

  private List<Object> array() throws BadFileException {
    List<Object> array = new ArrayList<>();
    at++;
    space();
    if (peek() == ']') {
      at++;
      return array;
    }
    while (true) {
      array.add(next());
      space();
      if (peek() == ']') {
        at++;
        return array;
      }
      take(',');
    }
  }

  private String string() throws BadFileException {
    take('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() throws BadFileException {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
          throw bad("four hexadecimal digits");
        }
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> throw bad("an escape of JSON");
    };
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() throws BadFileException {
    if (at >= text.length()) {
      throw bad("more");
    }
    return text.charAt(at);
  }

  private void take(char c) throws BadFileException {
    if (peek() != c) {
      throw bad("'" + c + "'");
    }
    at++;
  }

  private BadFileException bad(String expected) {
    return new BadFileException(file, "its head, at character " + at + ": expected " + expected);
  }

  /** A text as JSON has it. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
