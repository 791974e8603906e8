package io.github.snip4j.bench.cell;

import io.github.snip4j.bench.options.DataSpec;
import io.github.snip4j.bench.run.Data;
import io.github.snip4j.datasets.Pictures;
import io.github.snip4j.datasets.ReadOptions;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data of all cells of a sweep: each dataset is found and read once, when first asked for. */
final class SharedData {
  /** What decides which pictures are read. */
  private record Key(String name, @Nullable String dir, ReadOptions reading) {
    static Key of(DataSpec spec) {
      return new Key(spec.name(), spec.dir(), spec.reading());
    }
  }

  /** A dataset that is read, and the digest of its pictures. */
  record Read(Data data, String sha256) {}

  private final CellSources sources;
  private final Map<Key, Read> known = new HashMap<>();

  SharedData(CellSources sources) {
    this.sources = sources;
  }

  /** The dataset, with its pictures. */
  synchronized Read read(DataSpec spec) throws IOException {
    Key key = Key.of(spec);
    Read there = known.get(key);
    if (there == null) {
      Data data = sources.data(spec);
      Pictures pictures = data.read(spec);
      there = new Read(data.holding(pictures), pictures.sha256());
      known.put(key, there);
    }
    return there;
  }
}
