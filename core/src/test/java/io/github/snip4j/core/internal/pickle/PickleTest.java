package io.github.snip4j.core.internal.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.snip4j.core.io.BadFileException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class PickleTest {
  private static Object read(String latin1) throws BadFileException {
    return Pickle.read("f", latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void whatIsPutIntoAnObjectIsKnownWhereverItIsRememberedFrom() throws BadFileException {
    Object both = read("\u0080\u0002cnumpy\ndtype\nU\u0002u1\u0085Rq\0K\u0003bh\0\u0086.");
    assertThat(both).isInstanceOf(List.class);
    for (Object one : (List<?>) both) {
      Pickle.Call call = (Pickle.Call) one;
      assertThat(call.isOf("numpy.dtype")).isTrue();
      assertThat(call.state()).isEqualTo(3L);
      assertThat(((Pickle.Bytes) call.arguments().get(0)).text()).isEqualTo("u1");
    }
  }

  @Test
  void textsOfPython2AreBytesButNamesInDictionaries() throws BadFileException {
    Object object = read("\u0080\u0002}U\u0001aU\u0002\u00ff\u0080s.");
    assertThat(object).isInstanceOf(Map.class);
    assertThat(((Map<?, ?>) object).get("a"))
        .isInstanceOfSatisfying(
            Pickle.Bytes.class, bytes -> assertThat(bytes.buffer().get(0)).isEqualTo((byte) 0xff));
  }

  @Test
  void namesThatDoubleAndTuplesThatAreCalledAgainAndAgainCostNothing() {
    String names = "X\u0004\0\0\0aaaaq\0h\0h\0\u0093q\u0001h\u0001h\u0001\u0093.";
    assertThatExceptionOfType(BadFileException.class)
        .isThrownBy(() -> read(names))
        .withMessageContaining("expected the name of a Python object, found something else");
    int many = 300_000; // arguments, copied for each call these would be 4e10
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.writeBytes("(".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < many; i++) {
      pickle.write('N');
    }
    pickle.writeBytes("tq\0](".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < many / 2; i++) {
      pickle.writeBytes("cf\ng\nh\0R".getBytes(StandardCharsets.US_ASCII));
    }
    pickle.writeBytes("e.".getBytes(StandardCharsets.US_ASCII));
    Object calls =
        Assertions.assertTimeoutPreemptively(
            Duration.ofSeconds(20), () -> Pickle.read("f", pickle.toByteArray()));
    assertThat((List<?>) calls).hasSize(many / 2);
  }
}
