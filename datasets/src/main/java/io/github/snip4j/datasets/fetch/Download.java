package io.github.snip4j.datasets.fetch;

import java.util.List;

/**
 * What is published of a dataset, and where.
 *
 * @param address of the folder that the files are in, ending in a slash
 * @param files either several to be kept as they are, or one archive
 * @param archive whether they are kept or unpacked
 * @param unpackedBytes how much room the archive's content takes; 0 where nothing is unpacked
 */
public record Download(
    String address, List<RemoteFile> files, Archive.Kind archive, long unpackedBytes) {
  /**
   * Fashion-MNIST, from its authors' repository. They publish MD5 digests; these SHA-256 are of the
   * files that have them.
   */
  public static Download fashionMnist() {
    return new Download(
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
        List.of(
            new RemoteFile(
                "train-images-idx3-ubyte.gz",
                26_421_880,
                "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
            new RemoteFile(
                "train-labels-idx1-ubyte.gz",
                29_515,
                "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
            new RemoteFile(
                "t10k-images-idx3-ubyte.gz",
                4_422_102,
                "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
            new RemoteFile(
                "t10k-labels-idx1-ubyte.gz",
                5_148,
                "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
        Archive.Kind.NONE,
        0);
  }

  /** CIFAR-10's binary version, by its author. */
  public static Download cifar10() {
    return new Download(
        "https://www.cs.toronto.edu/~kriz/",
        List.of(
            new RemoteFile(
                "cifar-10-binary.tar.gz",
                170_052_171,
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
        Archive.Kind.TAR_GZ,
        184_400_000);
  }

  /**
   * Tiny-ImageNet, from the course it was made for, which publishes no digest. This one is what
   * people who fetched it from there over the years record, of a file of this length.
   */
  public static Download tinyImageNet() {
    return new Download(
        "https://cs231n.stanford.edu/",
        List.of(
            new RemoteFile(
                "tiny-imagenet-200.zip",
                248_100_043,
                "6198c8ae015e2b3e007c7841da39ec069199b9aa3bfa943a462022fe5e43c821")),
        Archive.Kind.ZIP,
        500_000_000); // 120,206 small files, each of whole blocks
  }

  /** The length of all files. */
  public long bytes() {
    return files.stream().mapToLong(RemoteFile::bytes).sum();
  }

  /** This download from another address, that of the folder or of the only file. */
  public Download from(String other) {
    String file = files.size() == 1 ? files.get(0).name() : "/";
    String folder =
        other.endsWith("/" + file) ? other.substring(0, other.length() - file.length()) : other;
    return new Download(
        folder.endsWith("/") ? folder : folder + "/", files, archive, unpackedBytes);
  }
}
