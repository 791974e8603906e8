package io.github.snip4j.bench.story;

import io.github.snip4j.bench.options.MovingSpec;
import io.github.snip4j.bench.report.Format;
import io.github.snip4j.bench.report.MovedConnections;
import io.github.snip4j.bench.result.KeptCount;
import io.github.snip4j.bench.result.Movement;
import io.github.snip4j.snip.dynamic.Move;
import io.github.snip4j.snip.dynamic.Redistribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a report says of connections that moved. */
final class MovementStory {
  private static final int MOST_POINTS = 500; // more than a screen can show

  private final Movement movement;
  private final MovingSpec spec;

  MovementStory(Movement movement, MovingSpec spec) {
    this.movement = movement;
    this.spec = spec;
  }

  /** In one sentence. */
  String sentence() {
    return ("While it was trained, connections moved " + Format.count(movement.updates().size()))
        + (" times, and " + Format.percent(movement.everAlive()) + " of all places had one at some")
        + " time; the number of connections stayed the same.";
  }

  /**
   * The section.
   *
   * @param kept how many connections there are
   * @param epoch its number of steps
   */
  MovedConnections section(int kept, int epoch) {
    List<Move> moves = movement.updates();
    int step = (moves.size() - 1) / MOST_POINTS + 1;
    List<MovedConnections.Update> updates = new ArrayList<>();
    for (int i = 0; i < moves.size(); i += step) {
      Move move = moves.get(i);
      updates.add(
          new MovedConnections.Update(
              (double) move.step() / epoch,
              (double) move.moved() / kept,
              (double) move.everAlive() / movement.positions()));
    }
    return new MovedConnections(text(), updates);
  }

  private String text() {
    String rules =
        switch (spec.dynamic()) {
          case OFF -> "";
          case SET -> "those whose weight was nearest to 0 went, and others grew at random (SET)";
          case RIGL ->
              "those with the smallest weights went, and others grew where the gradient of the"
                  + " loss was largest (RigL)";
          case MOMENTUM ->
              "those with the smallest weights went, and others grew where the mean gradient of"
                  + " the loss was largest (sparse momentum)";
        };
    String layers =
        spec.redistribute() == Redistribution.NONE
            ? " Each layer kept its number of connections."
            : " Layers shared the new ones out by their "
                + spec.redistribute().name().toLowerCase(Locale.ROOT)
                + "; after the last step they have "
                + KeptCount.perLayer(movement.parameters()).stream()
                    .map(layer -> Format.count(layer.kept()) + " in " + layer.name())
                    .collect(Collectors.joining(", "))
                + ".";
    return ("Every " + Format.count(spec.updateEvery()) + " steps some connections moved: ")
        + (rules + ". A new connection begins at 0.")
        + layers
        + (" All updates together made " + Format.count(movement.moved()) + " new connections.");
  }
}
