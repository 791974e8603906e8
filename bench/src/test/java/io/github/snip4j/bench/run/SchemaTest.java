package io.github.snip4j.bench.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.bench.compare.Comparison;
import io.github.snip4j.bench.options.MovingSpec;
import io.github.snip4j.bench.options.RetrainSpec;
import io.github.snip4j.bench.result.RunResult;
import io.github.snip4j.core.io.BadFileException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of older versions are read, or refused by their number. */
class SchemaTest {
  @TempDir Path folder;

  @Test
  void aResultOfBeforeThereWereNumbersIsRead() throws IOException {
    RunResult result = RunResult.read(copy("schema-0/result.json", folder));
    assertThat(result.schema()).isEqualTo(RunResult.SCHEMA.now());
    assertThat(result.options().model()).isEqualTo("linear");
    assertThat(result.kappa()).isEqualTo(785);
    assertThat(result.pruned().last().test().error()).isEqualTo(0.04);
    assertThat(result.dataSha256()).isNull();
    assertThat(result.networkSha256()).isNull();
    Path again = folder.resolve("again.json");
    result.write(again);
    assertThat(RunResult.read(again)).isEqualTo(result);
    assertThat(Files.readString(again)).startsWith("{\n  \"schema\": 7,\n");
  }

  @Test
  void aResultOfSchemaOneIsRead() throws IOException {
    RunResult result = RunResult.read(copy("schema-1/result.json", folder));
    assertThat(result.schema()).isEqualTo(RunResult.SCHEMA.now());
    assertThat(result.kappa()).isEqualTo(785);
    assertThat(result.dataSha256()).startsWith("0ebd1a745bd969e3");
    assertThat(result.networkSha256()).hasSize(64);
    assertThat(result.options().moving()).isEqualTo(MovingSpec.OFF);
    assertThat(result.pruned().movement()).isNull();
    assertThat(result.options().retraining()).isEqualTo(RetrainSpec.OFF);
    assertThat(result.levels()).isEmpty();
    assertThat(result.options().parts()).isEqualTo(1);
    assertThat(result.pruned().exchange()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\"schema\": 7,'  | '\"schema\": 8,'       | it is of schema 8, and this snip4j reads schemas 0 to 7: use the version that wrote it",
        "'\"schema\": 7,'  | '\"schema\": \"new\",' | its schema is no number",
        "'\"schema\": 7,'  | '\"schema\": -1,'      | its schema is no number",
        "'\"warmUp\": 0,'  | ''                     | its field 'options.warmUp' is missing",
        "'\"warmUp\"'      | '\"coolDown\"'         | its field 'options.coolDown' is not known",
        "'\"seed\": 1,'    | '\"seed\": \"1\",'     | its field 'options.seed' is not what it should be",
      })
  void whatCannotBeReadIsNamed(String from, String to, String sentence) throws IOException {
    Path file = folder.resolve("result.json");
    RunResult.read(copy("schema-0/result.json", folder)).write(file);
    Files.writeString(file, Files.readString(file).replace(from, to));
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> RunResult.read(file))
        .withMessage(file + ": is no result of a run that can be read: " + sentence);
  }

  /**
   * Whoever changes a field of these records finds this test: add a step to the record's {@link
   * Schema} that brings older files up, and then what the test found to {@code fields.txt}.
   */
  @Test
  void theFieldsOfEverySchemaAreWrittenDown() throws IOException {
    StringBuilder now = new StringBuilder();
    fields(now, "result.json " + RunResult.SCHEMA.now(), "", RunResult.class);
    fields(now, "checkpoint.npz " + CheckpointMetadata.SCHEMA.now(), "", CheckpointMetadata.class);
    fields(now, "compare.json 7", "", Comparison.class);
    try (InputStream known = SchemaTest.class.getResourceAsStream("fields.txt")) {
      assertThat(now.toString())
          .isEqualTo(
              new String(Objects.requireNonNull(known).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static void fields(StringBuilder out, String title, String place, Class<?> type) {
    if (place.isEmpty()) {
      out.append(title).append('\n');
    }
    for (RecordComponent field : type.getRecordComponents()) {
      String name = place + field.getName();
      out.append("  ").append(name).append(": ").append(words(field.getGenericType())).append('\n');
      Class<?> inner = inner(field.getGenericType());
      if (inner.isRecord()) {
        fields(out, title, name + ".", inner);
      }
    }
  }

  /** The type as a file shows it: whoever renames a class changes no file. */
  private static String words(Type type) {
    if (type instanceof ParameterizedType many) {
      return words(many.getRawType())
          + Arrays.stream(many.getActualTypeArguments())
              .map(SchemaTest::words)
              .collect(Collectors.joining(", ", "<", ">"));
    }
    Class<?> one = (Class<?>) type;
    return one.isRecord() ? "fields" : one.isEnum() ? "word" : one.getSimpleName();
  }

  private static Class<?> inner(Type type) {
    Type last = type;
    if (type instanceof ParameterizedType many) {
      Type[] arguments = many.getActualTypeArguments();
      last = arguments[arguments.length - 1];
    }
    return last instanceof Class<?> one ? one : Object.class;
  }

  /** Copies a resource of these tests to a folder. */
  static Path copy(String name, Path folder) throws IOException {
    try (InputStream in = SchemaTest.class.getResourceAsStream(name)) {
      Path copy = folder.resolve(name.replace('/', '-'));
      Files.copy(Objects.requireNonNull(in, name), copy);
      return copy;
    }
  }
}
