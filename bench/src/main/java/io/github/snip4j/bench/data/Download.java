package io.github.snip4j.bench.data;

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
  /** Fashion-MNIST, by its authors. */
  public static Download fashionMnist() {
    return new Download(
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        List.of(
            md5("train-images-idx3-ubyte.gz", 26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
            md5("train-labels-idx1-ubyte.gz", 29_515, "25c81989df183df01b3e8a0aad5dffbe"),
            md5("t10k-images-idx3-ubyte.gz", 4_422_102, "bef4ecab320f06d8554ea6380940ec79"),
            md5("t10k-labels-idx1-ubyte.gz", 5_148, "bb300cfdad3c16e7a12a480ee83cd310")),
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
                "SHA-256",
                "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
        Archive.Kind.TAR_GZ,
        184_400_000);
  }

  /** Tiny-ImageNet, by the course it was made for. */
  public static Download tinyImageNet() {
    return new Download(
        "http://cs231n.stanford.edu/",
        List.of(md5("tiny-imagenet-200.zip", 248_100_043, "90528d7ca1a48142e341f4ef8d21d0de")),
        Archive.Kind.ZIP,
        500_000_000); // 120,206 small files, each of whole blocks
  }

  private static RemoteFile md5(String name, long bytes, String digest) {
    return new RemoteFile(name, bytes, "MD5", digest);
  }

  /** The length of all files. */
  public long bytes() {
    return files.stream().mapToLong(RemoteFile::bytes).sum();
  }

  /** The same from another address, that of the folder or of the only file. */
  public Download from(String other) {
    String file = files.size() == 1 ? files.get(0).name() : "/";
    String folder =
        other.endsWith("/" + file) ? other.substring(0, other.length() - file.length()) : other;
    return new Download(
        folder.endsWith("/") ? folder : folder + "/", files, archive, unpackedBytes);
  }
}
