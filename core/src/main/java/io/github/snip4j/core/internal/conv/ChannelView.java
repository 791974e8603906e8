package io.github.snip4j.core.internal.conv;

/** Where the rows of an image's channels lie in an array. */
final class ChannelView {
  final float[] data;
  private final int at;
  private final int channelStep;

  /** From one row to the next. */
  final int rowStep;

  /**
   * @param at where row 0 of channel 0 begins
   * @param channelStep from one channel to the next, and {@code rowStep} from one row to the next
   */
  ChannelView(float[] data, int at, int channelStep, int rowStep) {
    this.data = data;
    this.at = at;
    this.channelStep = channelStep;
    this.rowStep = rowStep;
  }

  /** Where a row begins. */
  int row(int channel, int row) {
    return at + channel * channelStep + row * rowStep;
  }
}
