package io.github.snip4j.bench.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.datasets.ExampleFiles;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.datasets.ReadOptions;
import io.github.snip4j.datasets.Splits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on data shows. */
class DataSnippetsTest {
  @TempDir Path folder;

  @Test
  void aTableIsReadAndSplit() throws IOException {
    Path file = folder.resolve("flowers.csv");
    StringBuilder text = new StringBuilder("Id,width,species\n");
    for (int i = 1; i <= 20; i++) {
      text.append(i).append(',').append(i % 3).append(i % 2 == 0 ? ",rose\n" : ",lily\n");
    }
    Files.writeString(file, text);
    // SHOWN
    Pictures flowers = ExampleFiles.read(file, ReadOptions.NONE.without("Id"));
    Splits parts = flowers.split(new Seed(1)); // train, validation, test
    // SHOWN
    assertThat(parts.train().size()).isEqualTo(15);
    assertThat(parts.test().data().classNames()).containsExactly("lily", "rose");
    assertThat(flowers.training().example()).isEqualTo(Shape.of(1));
  }
}
