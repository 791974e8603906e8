package io.github.snip4j.bench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.snip4j.nn.train.Checkpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it says when something is wrong, and that it leaves everything as it was. */
class MistakesTest extends CommandTestBase {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sparsity=1.5            | --sparsity 1.5: expected 0 to below 1",
        "--sparsity=1              | --sparsity 1.0: expected 0 to below 1",
        "--sparsity=-0.1           | --sparsity -0.1: expected 0 to below 1",
        "--sparsity=NaN            | --sparsity NaN: expected 0 to below 1",
        "--sparsity=0.9999999      | sparsity 0.9999999 leaves none of 266610 connections",
        "--sparsity=much           | 'much' is not a number, as in 0.98",
        "--model=lenet-300         | unknown model 'lenet-300': did you mean lenet-300-100?",
        "--model=vgg-like-quater   | unknown model 'vgg-like-quater': did you mean vgg-like-quarter?",
        "--model=wrn-17-8          | wrn-17-8: expected a depth of 6 n + 4",
        "--model=vgg-d             | vgg-d takes [3, 32, 32] and tells 10 classes apart: mnist has [1, 28, 28] and 10 classes",
        "--classes=0               | --classes 0: expected 1 or more",
        "--classes=9               | lenet-300-100 takes [1, 28, 28] and tells 9 classes apart: mnist has [1, 28, 28] and 10",
        "--data=mnits              | unknown data 'mnits': did you mean mnist?",
        "--iterations=0            | --iterations 0: expected 1 or more",
        "--batch=0                 | --batch 0: expected 1 or more",
        "--batch=54001             | --batch 54001: expected at most 54000, the number of training examples",
        "--sensitivity-batch=60000 | --sensitivity-batch 60000: expected at most 54000",
        "--lr=0                    | --lr 0.0: expected more than 0",
        "--schedule=linear         | 'linear': there is piecewise, step, step-30k, cosine, constant",
        "--warm-up=-1              | --warm-up -1: expected 0 to below --iterations 16200",
        "--warm-up=16200           | --warm-up 16200: expected 0 to below --iterations 16200",
        "--weight-decay=-1         | --weight-decay -1.0: expected 0 or more",
        "--threads=0               | --threads 0: expected 1 to 1024",
        "--optimizer=lion          | 'lion': there is sgd, momentum, nesterov, adam, adamw",
        "--gemm=mkl                | --gemm mkl: there is auto, simd, jblas, scalar",
        "--sparsit                  | did you mean",
        "--data-dir=/nowhere       | /nowhere: there is no such folder",
        "--data=/nowhere/photos    | /nowhere/photos: there is no such file or folder",
        "--size=32x32              | --size, --label and --ignore are for data of your own: mnist has a form of its own",
        "--exclude=,               | --exclude ,: expected names or numbers with commas between them, and none of them empty",
        "--exclude=fc1,            | --exclude fc1,: expected names or numbers with commas",
        "--allocation=fc1=1,fc1=2  | --allocation fc1=1,fc1=2: names fc1 twice",
        "--data-dir=               | '' is no name of a file or folder",
        "--limit=0                 | --limit 0: expected 1 or more",
        "--limit=54001             | --limit 54001: expected at most 54000, the number of training examples",
        "--labels=wrong            | 'wrong': there is true, random",
        "--augment=much            | 'much': there is none, paper, authors, affine",
        "--dynamic=rigl --sparsity=0 | --dynamic rigl: no connection can move in a dense network: expected --sparsity more than 0",
        "--dynamic=rigle           | 'rigle': there is off, set, rigl, momentum",
        "--update-every=5          | --update-every: no connection moves: expected --dynamic set, rigl or momentum too",
        "--redistribute=gradient   | --redistribute: no connection moves: expected --dynamic set, rigl or momentum too",
        "--dynamic=set --update-every=0 | --update-every 0: expected 1 or more",
        "--dynamic=set --drop-fraction=1 | --drop-fraction 1.0: expected more than 0, below 1",
        "--dynamic=set --update-until=1.5 | --update-until 1.5: expected more than 0, at most 1",
        "--dynamic=set --iterations=90 | --update-every 100: no connection would move: expected less than 68 steps, after which they stay",
        "--retrain=100             | --retrain: the network is not trained before: expected --pretrain STEPS or --weights too",
        "--retrain=0               | --retrain 0: expected 1 or more",
        "--pretrain=100            | --pretrain: nothing is pruned after it: expected --retrain STEPS too",
        "--pretrain=9 --retrain=9 --dynamic=rigl | --retrain: its connections go one after the other, and cannot move too: expected no --dynamic",
        "--pretrain=9 --retrain=9 --sparsity=0 | --retrain: there is nothing to prune: expected --sparsity more than 0",
        "--init=uniform | --init uniform: expected lecun, glorot, he, orthogonal, normal or truncated-normal, or these two with a deviation above 0, as in normal:0.1",
        "--scoring-init=normal:-1 | --scoring-init normal:-1: expected lecun, glorot, he, orthogonal, normal or truncated-normal, or these two with a deviation above 0, as in normal:0.1",
        "--pretrain=9 --retrain=9 --scoring-init=he | --retrain: what is trained is what is pruned: expected no --scoring-init",
        "--gradual --scoring-biases=drawn | --gradual: what is trained is what is pruned: expected no --scoring-biases",
        "--pretrain=9 --retrain=9 --redraw | --retrain: what is trained is what is pruned: expected no --redraw",
        "--pretrain=9 --retrain=9 --with-dense | --retrain: the dense network is the one that is pruned, and is in the result anyway: expected no --with-dense",
        "--pretrain=9 --retrain=9 --iterations=5 | --iterations 5: --pretrain and --retrain say how long is trained: expected no --iterations",
        "--pretrain=9 --retrain=9 --warm-up=9 | --warm-up 9: expected 0 to below --pretrain 9",
        "--pretrain=9 --retrain=9 --rewind=weights --rewind-to=9 | --rewind-to 9: expected less than the steps of --pretrain, which are 9",
        "--pretrain=9 --retrain=9 --rewind=rate --rewind-to=4 | --retrain 9: expected at most 5, the steps of --pretrain that follow --rewind-to 4",
        "--pretrain=9 --retrain=9 --rewind-to=4 | --rewind-to: nothing is set back: expected --rewind too",
        "--pretrain=9 --retrain=9 --rewind=rate --retrain-lr=1 | --retrain-lr: the learning rate is that of the training before: expected it without --rewind",
        "--retrain=9 --rewind=weights | --rewind weights: there is no training to go back into: expected --pretrain STEPS too",
        "--pretrain=9 --retrain=9 --retrain-lr=0 | --retrain-lr 0.0: expected more than 0",
        "--retrain-lr=1            | --retrain-lr: nothing is retrained: expected --retrain STEPS too",
        "--pretrain=9 --retrain=900000000 --rounds=9 | --retrain 900000000: expected fewer steps",
        "--levels=cubic            | --levels: all is pruned at once: expected --retrain STEPS or --gradual too",
        "--gradual --levels=linear | --levels linear: expected geometric, cubic, or the sparsities after all rounds but the last, as in 0.5,0.8,0.95",
        "--gradual --levels=0.5    | --levels 0.5: a list is for rounds: expected geometric or cubic with --gradual",
        "--pretrain=9 --retrain=9 --levels=0.5,0.4 | --levels 0.5,0.4: expected sparsities that rise from more than 0 to below 1",
        "--pretrain=9 --retrain=9 --rounds=2 --levels=0.5,0.8 | --levels 0.5,0.8: expected --rounds 3, one more than there are sparsities, for the last is --sparsity",
        "--pretrain=9 --retrain=9 --levels=0.98 | --levels 0.98: expected sparsities below --sparsity 0.98, which is the last",
        "--gradual --retrain=9     | --gradual: a network is pruned while it is trained or in rounds after that: expected no --retrain",
        "--gradual --dynamic=set   | --gradual: its connections go one after the other, and cannot move too: expected no --dynamic",
        "--gradual --prune-every=0 | --prune-every 0: expected 1 or more",
        "--gradual --prune-until=0.1 | --prune-until 0.1: expected more than --prune-from 0.1, at most 1",
        "--gradual --prune-from=-1 | --prune-from -1.0: expected 0 to below 1",
        "--prune-every=10          | --prune-every: nothing is pruned during training: expected --gradual too",
        "--sensitivity-from=most   | --sensitivity-from most: expected random, balanced or class:K",
        "--sensitivity-from=class:x| 'class:x': expected random, balanced, or class:K with K from 0 to 9 or a name, as in class:0",
        "--sensitivity-from=class:10| 'class:10': expected random",
      })
  void mistakesAreOneSentence(String option, String sentence) {
    Path run = folder.resolve("run");
    List<String> words = new ArrayList<>(List.of("run", "--out=" + run));
    words.addAll(List.of(option.split(" ")));
    assertThat(mistake(words.toArray(String[]::new))).startsWith("snip4j: ").contains(sentence);
    assertThat(run.resolve("result.json")).doesNotExist();
  }

  @Test
  void anOutputThatCannotBeWrittenIsFoundBeforeTheWork() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "mine");
    assertThat(mistake("run", "--out=" + file)).contains(file.toString());
    assertThat(file).hasContent("mine");
  }

  @ParameterizedTest
  @CsvSource({
    "run, --out=",
    "run, --resume=",
    "prune, --out=",
    "prune, --out=o.npz;--weights=",
    "compare, --out=",
    "evaluate, --network=",
    "datasets, --data-dir="
  })
  void anEmptyNameOfAFileIsNone(String command, String options) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of(options.split(";")));
    assertThat(mistake(words.toArray(String[]::new))).contains("'' is no name of a file or folder");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--criteria=,",
        "--criteria=snip,",
        "--sparsities=,",
        "--sparsities=0.5, ",
        "--exclude=,"
      })
  void aListWithNothingBetweenItsCommasIsNamed(String option) {
    assertThat(mistake("compare", option, "--out=" + folder.resolve("c")))
        .contains("snip4j: " + option.replace('=', ' ').strip().replaceAll(",$", ","))
        .contains("none of them empty");
    assertThat(folder.resolve("c")).doesNotExist();
  }

  @Test
  void anUnknownCommandIsToldTheNearOnes() {
    assertThat(mistake("rnu"))
        .isEqualTo(
            "snip4j: unknown command 'rnu': did you mean run or prune? (see: snip4j --help)");
  }

  @Test
  void divergenceIsAFailureNotAMistakeAndWritesNothing() {
    Path run = folder.resolve("run");
    assertThat(snip4j("run", "--lr=1e30", "--iterations=50", "--out=" + run)).isEqualTo(1);
    assertThat(err.toString()).contains("snip4j: training diverged: the loss is ");
    assertThat(run).isEmptyDirectory(); // until the program ends
  }

  @Test
  void divergenceLeavesTheLastGoodCheckpoint() throws IOException {
    Path run = folder.resolve("run");
    assertThat(snip4j("run", "--lr=50", "--iterations=50", "--checkpoint-every=1", "--out=" + run))
        .isEqualTo(1);
    Path checkpoint = run.resolve("checkpoint.npz");
    assertThat(err.toString().lines().toList())
        .last()
        .asString()
        .matches(
            "snip4j: training diverged: the loss is .* at step [0-9]+ with learning rate 50.0; "
                + ".* was the first to be .*; a smaller learning rate may help; the checkpoint of"
                + " step [0-9]+ of training the pruned network stays: "
                + checkpoint);
    assertThat(Checkpoint.load(checkpoint).step()).isPositive();
  }

  @Test
  void aLastStepThatGoesWrongIsNoticed() {
    Path run = folder.resolve("run");
    assertThat(snip4j("run", "--lr=1e30", "--iterations=1", "--out=" + run)).isEqualTo(1);
    assertThat(err.toString()).contains("training diverged: the loss is NaN at step 1");
    assertThat(run.resolve("network.npz")).doesNotExist();
  }
}
