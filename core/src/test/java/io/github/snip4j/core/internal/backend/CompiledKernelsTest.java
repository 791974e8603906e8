package io.github.snip4j.core.internal.backend;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.snip4j.core.internal.blas.Gemm;
import io.github.snip4j.core.internal.blas.GemmChoice;
import io.github.snip4j.core.testing.BothKernels;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Vectors stay in registers, whatever a program did with vectors before: C2 compiles what each
 * operation consists of by what it has seen of it so far. So the kernels are compiled in a Java of
 * their own, in which all operations were additions for a while and then were not.
 */
class CompiledKernelsTest {
  private static final int TERMS = 50;

  @Test
  void noSumBecomesAnObject() throws Exception {
    BothKernels.orSkip("simd");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:PerMethodTrapLimit=20", // what was seen is trusted less, and compiled longer
                "-cp",
                System.getProperty("java.class.path"),
                AfterAdditions.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEqualTo("");
  }

  /** Prints the kernels that allocate in the end, and how much. */
  static final class AfterAdditions {
    private AfterAdditions() {}

    public static void main(String[] arguments) throws Throwable {
      Kernels kernels = KernelChoice.simd();
      additionsAndThenOthers();

      float[] w = new float[8 * TERMS];
      int[] offsets = new int[TERMS];
      float[] x = new float[256];
      float[] y = new float[8 * 256];
      report(
          "taps",
          () ->
              kernels
                  .taps()
                  .taps(8, 192, w, 0, w.length, offsets, 0, TERMS, x, 0, y, 0, 256, true));
      float[] gates = new float[4 * 256];
      report("lstm", () -> kernels.lstm().forward(256, gates, 0, 256, y, 0, 256, y, 512, y, 768));
      report("tanh", () -> kernels.elements().tanh(256, x, 0, y, 0));

      Gemm products = GemmChoice.byName("simd");
      float[] a = new float[64 * TERMS];
      float[] b = new float[128 * TERMS];
      float[] c = new float[64 * 128];
      for (int n : new int[] {16, 32, 48, 128}) {
        for (boolean transposed : new boolean[] {false, true}) {
          report(
              "a product of " + n + " columns, " + (transposed ? "transposed" : "as it is"),
              () -> products.multiply(transposed, false, 64, n, TERMS, a, 0, b, 0, c, 0, true));
        }
      }
    }

    /** As if a program had added for long, without a loop that is compiled as a whole. */
    private static void additionsAndThenOthers() throws Throwable {
      Class<?> vectors = Class.forName("jdk.incubator.vector.FloatVector");
      Class<?> vector = Class.forName("jdk.incubator.vector.Vector");
      Class<?> operators = Class.forName("jdk.incubator.vector.VectorOperators");
      Class<?> binary = Class.forName("jdk.incubator.vector.VectorOperators$Binary");
      Class<?> species = Class.forName("jdk.incubator.vector.VectorSpecies");
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      MethodHandle apply =
          lookup
              .findVirtual(vectors, "lanewise", MethodType.methodType(vectors, binary, vector))
              .asType(MethodType.genericMethodType(3));
      Object zero =
          lookup
              .findStatic(vectors, "zero", MethodType.methodType(vectors, species))
              .invoke(vectors.getField("SPECIES_PREFERRED").get(null));
      for (String name : new String[] {"ADD", "SUB", "DIV", "MUL", "MIN"}) {
        Object operator = operators.getField(name).get(null);
        for (int i = 0; i < 30_000; i++) {
          Object result = apply.invokeExact(zero, operator, zero);
          if (result == null) {
            throw new AssertionError(name);
          }
        }
        Thread.sleep(200); // for the compiler
      }
    }

    /** Of a call; a few objects for a whole product, and none of its tiles, are no vectors. */
    private static void report(String name, Runnable kernel) {
      ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
      long bytes;
      do {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 500; i++) {
          kernel.run();
        }
        bytes = (threads.getCurrentThreadAllocatedBytes() - before) / 500;
      } while (bytes > 400 && System.nanoTime() < end);
      if (bytes > 400) {
        System.out.println(name + ": " + bytes + " bytes");
      }
    }
  }
}
