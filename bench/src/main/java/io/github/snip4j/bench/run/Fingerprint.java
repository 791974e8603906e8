package io.github.snip4j.bench.run;

import io.github.snip4j.core.data.Batch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests (SHA-256) that tell whether something is still what it was. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * Of a batch. That of the sensitivity batch stands for a whole dataset: its choice depends on how
   * many examples there are, and its values, which are normalised, on all training pictures.
   */
  static String of(Batch batch) {
    MessageDigest digest = sha256();
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * batch.x().size());
    bytes.asFloatBuffer().put(batch.x().data(), batch.x().offset(), batch.x().size());
    digest.update(bytes);
    for (int label : batch.labels()) {
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, label));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Of a file. */
  static String of(Path file) throws IOException {
    MessageDigest digest = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
