package io.github.snip4j.nn;

import io.github.snip4j.core.conv.Conv2dSpec;
import io.github.snip4j.core.conv.PoolSpec;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a layer is, apart from the values of its parameters: enough to make it again. The kind, its
 * settings (names, sizes and other numbers), and the layers that it consists of.
 *
 * @param kind as in {@code conv2d}; for a layer of a user's own the name of its class, or another
 *     that no layer of the engine has
 * @param settings as texts, in order
 */
public record LayerSpec(String kind, Map<String, String> settings, List<LayerSpec> parts) {
  /** Copies what it is given. */
  public LayerSpec {
    settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    parts = List.copyOf(parts);
  }

  /** A layer of a kind, without settings. */
  public static LayerSpec of(String kind) {
    return new LayerSpec(kind, Map.of(), List.of());
  }

  /** A description of another kind with these settings and parts. */
  public LayerSpec ofKind(String other) {
    return new LayerSpec(other, settings, parts);
  }

  /** This description with one more setting. */
  public LayerSpec with(String setting, Object value) {
    Map<String, String> more = new LinkedHashMap<>(settings);
    more.put(setting, String.valueOf(value));
    return new LayerSpec(kind, more, parts);
  }

  /** This description with one more setting, of several numbers. */
  public LayerSpec with(String setting, int... values) {
    String text = Arrays.toString(values).replaceAll("[\\[\\] ]", "");
    return with(setting, (Object) text);
  }

  /** This description with another part, after those it has. */
  public LayerSpec with(LayerSpec part) {
    List<LayerSpec> more = new ArrayList<>(parts);
    more.add(part);
    return new LayerSpec(kind, settings, more);
  }

  /**
   * A setting.
   *
   * @throws IllegalArgumentException if there is none
   */
  public String text(String setting) {
    String value = settings.get(setting);
    if (value == null) {
      throw new IllegalArgumentException(kind + " does not say its " + setting);
    }
    return value;
  }

  /**
   * A setting that is a whole number.
   *
   * @throws IllegalArgumentException if there is none, or it is no such number
   */
  public int number(String setting) {
    return numbers(setting, 1)[0];
  }

  /**
   * A setting that is so many whole numbers.
   *
   * @throws IllegalArgumentException if there are not as many
   */
  public int[] numbers(String setting, int count) {
    String[] each = text(setting).split(",", -1);
    try {
      int[] numbers = Arrays.stream(each).mapToInt(Integer::parseInt).toArray();
      if (numbers.length == count) {
        return numbers;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(bad(setting, count + " whole numbers"), e);
    }
    throw new IllegalArgumentException(bad(setting, count + " whole numbers"));
  }

  /**
   * A setting that is a real number.
   *
   * @throws IllegalArgumentException if there is none, or it is no such number
   */
  public double real(String setting) {
    try {
      return Double.parseDouble(text(setting));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(bad(setting, "a number"), e);
    }
  }

  /**
   * A setting that is true or false.
   *
   * @throws IllegalArgumentException if there is none, or it is neither
   */
  public boolean flag(String setting) {
    String value = text(setting);
    if (!value.equals("true") && !value.equals("false")) {
      throw new IllegalArgumentException(bad(setting, "true or false"));
    }
    return value.equals("true");
  }

  /**
   * How the windows of a pooling layer move, from its kernel, stride, padding and roundUp.
   *
   * @throws IllegalArgumentException if a setting is missing or wrong
   */
  public PoolSpec pool() {
    int[] kernel = numbers("kernel", 2);
    int[] stride = numbers("stride", 2);
    int[] pad = numbers("padding", 4);
    return new PoolSpec(
        kernel[0],
        kernel[1],
        stride[0],
        stride[1],
        pad[0],
        pad[1],
        pad[2],
        pad[3],
        flag("roundUp"));
  }

  /**
   * How the filters of a convolution move, from its stride, dilation, padding and groups.
   *
   * @throws IllegalArgumentException if a setting is missing or wrong
   */
  public Conv2dSpec conv() {
    int[] stride = numbers("stride", 2);
    int[] dilation = numbers("dilation", 2);
    int[] pad = numbers("padding", 4);
    return new Conv2dSpec(
        stride[0],
        stride[1],
        dilation[0],
        dilation[1],
        number("groups"),
        pad[0],
        pad[1],
        pad[2],
        pad[3]);
  }

  private String bad(String setting, String expected) {
    return kind + ": " + setting + " is '" + text(setting) + "': expected " + expected;
  }

  /** Kind and settings on a line, as in {@code linear name=fc1 in=784 out=300}. */
  String line() {
    StringBuilder line = new StringBuilder(escaped(kind));
    settings.forEach(
        (setting, value) ->
            line.append(' ').append(escaped(setting)).append('=').append(escaped(value)));
    return line.toString();
  }

  /** A layer without parts from such a line. */
  static LayerSpec ofLine(String line) {
    String[] words = line.split(" ", -1);
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 1; i < words.length; i++) {
      int equals = words[i].indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException("'" + words[i] + "' is no setting of a layer");
      }
      settings.put(
          unescaped(words[i].substring(0, equals)), unescaped(words[i].substring(equals + 1)));
    }
    return new LayerSpec(unescaped(words[0]), settings, List.of());
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("%2C", ",");
  }

  private static String unescaped(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
