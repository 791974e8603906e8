package io.github.snip4j.nn.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.snip4j.core.random.Seed;
import io.github.snip4j.core.tensor.Shape;
import io.github.snip4j.nn.Network;
import io.github.snip4j.nn.init.Constant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {
  private static Network create(Model model) {
    return model.create(Constant.ZEROS, new Seed(1));
  }

  private static Model named(String name) {
    return Objects.requireNonNull(Models.named(name), name);
  }

  @ParameterizedTest
  @CsvSource({
    "lenet-300-100, 266610",
    "lenet-5-caffe, 431080",
    "alexnet-s, 5070218",
    "alexnet-b, 8490378",
    "vgg-c, 10526538",
    "vgg-d, 15245130",
    "vgg-like, 14982474",
    "wrn-16-8, 10958666",
    "wrn-16-10, 17113258",
    "wrn-22-8, 17153610",
    "lstm-s, 136586",
    "lstm-b, 535306",
    "gru-s, 103690",
    "gru-b, 403978",
    "linear, 7850",
    "lenet-5-caffe-relu, 431080",
    "vgg-16, 14719818",
    "vgg-19, 20029514",
    "resnet-18, 11164362",
    "resnet-20, 270906",
    "resnet-32, 464442",
    "resnet-56, 851514",
    "mobilenet-v2, 2202570",
    "mlp:784-300-100-10, 266610",
  })
  void everyModelHasThePapersNumberOfConnections(String name, int m) {
    Network network = create(named(name));
    assertThat(network.connections()).isEqualTo(m);
    assertThat(network.name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "alexnet-s, 5264968",
    "alexnet-b, 8879688",
    "vgg-c, 10624008",
    "vgg-d, 15342600",
    "vgg-like, 15079944",
  })
  void forTinyImageNetTheFirstStrideIsDoubledAndThereAreMoreClasses(String name, int m) {
    Network network = create(named(name).on(Task.TINY_IMAGENET));
    assertThat(network.connections()).isEqualTo(m);
    assertThat(network.input()).isEqualTo(Shape.of(3, 64, 64));
    assertThat(network.outputs()).isEqualTo(200);
  }

  @Test
  void everyListedModelIsFoundByItsNameAndSaysWhatItIs() {
    for (Model model : Models.all()) {
      assertThat(named(model.name())).isSameAs(model);
      assertThat(model.description()).isNotBlank();
    }
    assertThat(Models.named("lenet")).isNull();
  }

  @Test
  void anyWideResidualNetworkThatThereCanBeIsFound() {
    assertThat(create(named("wrn-10-1")).name()).isEqualTo("wrn-10-1");
    assertThat(create(named("wrn-16-4")).connections())
        .isEqualTo(448 + 121_152 + 524_928 + 2_098_432 + 2_570);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Models.named("wrn-17-8"))
        .withMessageStartingWith("wrn-17-8: expected a depth of 6 n + 4");
    assertThatIllegalArgumentException().isThrownBy(() -> Models.named("wrn-4-8"));
    assertThatIllegalArgumentException().isThrownBy(() -> Models.named("wrn-16-0"));
  }

  @Test
  void aTaskThatDoesNotFitIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> named("vgg-d").on(Task.MNIST))
        .withMessage("vgg-d takes [3, 32, 32] in 10 classes, not [1, 28, 28] in 10 classes");
    assertThatIllegalArgumentException().isThrownBy(() -> Task.MNIST.withClasses(0));
  }
}
