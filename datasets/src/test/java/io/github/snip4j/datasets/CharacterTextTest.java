package io.github.snip4j.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.data.Batch;
import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import org.junit.jupiter.api.Test;

class CharacterTextTest {
  @Test
  void labelsAreTheCharactersThatFollow() {
    CharacterText text = CharacterText.of("hello, world");
    assertThat(text.alphabet()).isEqualTo(" ,dehlorw");
    assertThat(text.number('h')).isEqualTo(4);
    assertThat(text.number('x')).isEqualTo(-1);
    Batch batch = text.pieces(5, 3, 1, new Seed(1)).at(7);
    assertThat(batch.x().shape()).isEqualTo(Shape.of(5, 3));
    for (int n = 0; n < 3; n++) {
      StringBuilder piece = new StringBuilder();
      StringBuilder next = new StringBuilder();
      for (int t = 0; t < 5; t++) {
        piece.append(text.alphabet().charAt((int) batch.x().get(t, n)));
        next.append(text.alphabet().charAt(batch.labels()[t * 3 + n]));
      }
      int at = text.text().indexOf(piece.toString());
      assertThat(at).isNotNegative();
      assertThat(text.text().substring(at + 1, at + 6)).isEqualTo(next.toString());
    }
    assertThat(text.part(0, 5).text()).isEqualTo("hello");
    assertThat(text.part(0, 5).words()).isEqualTo(9);
  }

  @Test
  void refusesTextsThatAreTooShort() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CharacterText.of(""))
        .withMessageContaining("it is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CharacterText("ab", "abc"))
        .withMessage("text: the character with code point 99 is not among the 2 of the alphabet");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CharacterText("aba", "ab"))
        .withMessage("text: a character is in the alphabet twice");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CharacterText.of("abc").pieces(3, 1, 1, new Seed(1)))
        .withMessageContaining("text of 3 characters: pieces of 3");
  }
}
