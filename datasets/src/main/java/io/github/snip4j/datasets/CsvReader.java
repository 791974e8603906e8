package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as a text file in UTF-8: a first line of names, then a line for each row; fields between
 * commas, semicolons or tabs, whichever the first line has most of; a field in quotes may hold any
 * of these, line ends, and quotes written twice [RFC 4180].
 */
final class CsvReader implements Closeable {
  private static final int QUOTE = '"';

  private final String file;
  private final BufferedReader in;
  private final List<String> names;
  private char separator = ',';
  private int next; // the character that comes next; -1 at the end
  private int line = 1; // of the character that comes next
  private int rowLine = 1; // of the row that was read last

  private CsvReader(Path path, BufferedReader in) throws IOException {
    this.file = path.toString();
    this.in = in;
    in.mark(1);
    if (in.read() != '\ufeff') { // some programs begin with this mark
      in.reset();
    }
    this.separator = mostFrequent();
    advance();
    List<String> first = row();
    if (first == null) {
      throw new BadFileException(file, "is empty: expected a first line with the names of columns");
    }
    List<String> found = new ArrayList<>();
    for (String name : first) {
      found.add(name.isBlank() ? "column " + (found.size() + 1) : name.strip());
    }
    this.names = List.copyOf(found);
    if (new HashSet<>(names).size() < names.size()) {
      throw bad("names that differ", "the same name for two columns");
    }
  }

  /** Opens a file and reads the names of its columns. */
  static CsvReader open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new BadFileException(file.toString(), "there is no such file");
    }
    BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8);
    try {
      return new CsvReader(file, in);
    } catch (MalformedInputException e) {
      in.close();
      throw notText(file.toString());
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private char mostFrequent() throws IOException {
    int most = 1 << 16;
    in.mark(most);
    int[] counts = new int[3];
    boolean quoted = false;
    for (int i = 0; i < most - 1; i++) {
      int c = in.read();
      quoted ^= c == QUOTE;
      if (c < 0 || (!quoted && (c == '\n' || c == '\r'))) {
        break;
      }
      int kind = quoted ? -1 : ",;\t".indexOf(c);
      if (kind >= 0) {
        counts[kind]++;
      }
    }
    in.reset();
    int best = counts[1] > counts[0] ? 1 : 0;
    return ",;\t".charAt(counts[2] > counts[best] ? 2 : best);
  }

  /** The names of the columns, without spaces around them; of one without, its number. */
  List<String> names() {
    return names;
  }

  /** In which line the row begins that was read last; the first line is 1. */
  int line() {
    return rowLine;
  }

  /**
   * The fields of the next row, as many as there are names; null at the end. Empty lines are passed
   * over.
   */
  @Nullable List<String> next() throws IOException {
    List<String> row;
    try {
      do {
        row = row();
      } while (row != null && row.size() == 1 && names.size() > 1 && row.get(0).isBlank());
    } catch (MalformedInputException e) {
      throw notText(file);
    }
    if (row != null && row.size() != names.size()) {
      throw bad(names.size() + " fields, as many as the first line", row.size() + " fields");
    }
    return row;
  }

  private @Nullable List<String> row() throws IOException {
    rowLine = line;
    if (next < 0) {
      return null;
    }
    List<String> fields = new ArrayList<>();
    while (true) {
      fields.add(next == QUOTE ? quoted() : plain());
      if (next == separator) {
        advance();
        continue;
      }
      if (next == '\r') {
        advance();
      }
      if (next == '\n') {
        advance();
      } else if (next >= 0) {
        throw bad("a separator or the end of the line after a quote", "'" + (char) next + "'");
      }
      return fields;
    }
  }

  private String plain() throws IOException {
    StringBuilder field = new StringBuilder();
    while (next >= 0 && next != separator && next != '\n' && next != '\r') {
      field.append((char) next);
      advance();
    }
    return field.toString();
  }

  private String quoted() throws IOException {
    StringBuilder field = new StringBuilder();
    advance();
    while (true) {
      if (next < 0) {
        throw bad("a quote that ends the field", "the end of the file");
      }
      int c = next;
      advance();
      if (c == QUOTE && next != QUOTE) {
        return field.toString();
      }
      if (c == QUOTE) {
        advance();
      }
      field.append((char) c);
    }
  }

  private void advance() throws IOException {
    if (next == '\n') {
      line++;
    }
    next = in.read();
  }

  /** A problem in the row that was read last. */
  BadFileException bad(String expected, String found) {
    return new BadFileException(
        file, "line " + rowLine + ": expected " + expected + ", found " + found);
  }

  private static BadFileException notText(String file) {
    return new BadFileException(file, "is no text in UTF-8");
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
