package io.github.snip4j.datasets;

import io.github.snip4j.core.io.BadFileException;
import io.github.snip4j.core.io.Sha256;
import java.util.Map;
import java.util.Set;

/**
 * The published contents of MNIST and Fashion-MNIST, whose files have the same names, lengths and
 * shapes: what is in one of them tells whose it is.
 */
final class PublishedIdx {
  private static final Set<Integer> LENGTHS = Set.of(47_040_000, 60_000, 7_840_000, 10_000);
  private static final Map<String, String> FILES =
      Map.of(
          "741c988805d008ac6e4c904b69001ba184c24b2c540a4ef403f4c71b676cf757",
          "MNIST's train-images-idx3-ubyte",
          "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13",
          "MNIST's train-labels-idx1-ubyte",
          "6d87418db22cc8025d05968bec9bd5c3932904b23485740db143a061a2c9d161",
          "MNIST's t10k-images-idx3-ubyte",
          "ddeff807876a9661a1110d45c266c86239a3a1b7d37da0c3716a7a683c852ff5",
          "MNIST's t10k-labels-idx1-ubyte",
          "2e487a6c89124f78f2d7521542223cafe96f7123c3ca13d447772ac6ecbb3012",
          "Fashion-MNIST's train-images-idx3-ubyte",
          "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7",
          "Fashion-MNIST's train-labels-idx1-ubyte",
          "c867c93ff95360594e8ec3287995350b824dd110b11595c0e13d5423f621867a",
          "Fashion-MNIST's t10k-images-idx3-ubyte",
          "3d0e6c6ea990b53b6f8f500a41cac93881d981b315f84578b7d915342ade01e9",
          "Fashion-MNIST's t10k-labels-idx1-ubyte");

  private PublishedIdx() {}

  /**
   * Refuses what is known to be another dataset's, or another file's of the same dataset. Contents
   * that are not known are somebody's own, and pass.
   *
   * @param values the elements of the file
   * @param place the file, for the message
   * @param dataset that is asked for, as in {@code MNIST}
   * @param name the published name of the file that is asked for
   */
  static void check(byte[] values, String place, String dataset, String name)
      throws BadFileException {
    if (!LENGTHS.contains(values.length)) {
      return;
    }
    String asked = dataset + "'s " + name;
    String known = FILES.getOrDefault(Sha256.of(values), asked);
    if (!known.equals(asked)) {
      throw new BadFileException(place, "holds the content of " + known + ", not of " + asked);
    }
  }
}
