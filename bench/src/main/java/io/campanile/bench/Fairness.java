package io.campanile.bench;

import java.util.Arrays;

/// How many mails of one broadcast came for each of its equal's, at the least and at the most over
/// all windows of a length while both went on.
record Fairness(double min, double max) {
    private static final int STEPS_IN_A_WINDOW = 10;

    /// @param one when the mails came, in microseconds; 0 for those that did not
    /// @param window in microseconds; all the time that both went on when that was shorter
    static Fairness of(long[] one, long[] other, long window) {
        long[] ones = sorted(one);
        long[] others = sorted(other);
        if (ones.length == 0 || others.length == 0) {
            return new Fairness(0, 0);
        }
        long begin = Math.max(ones[0], others[0]);
        long end = Math.min(ones[ones.length - 1], others[others.length - 1]);
        long length = Math.min(window, end - begin);
        long step = Math.max(1, length / STEPS_IN_A_WINDOW);
        double min = Double.MAX_VALUE;
        double max = 0;
        for (long from = begin; from + length <= end; from += step) {
            double ratio =
                    (double) count(ones, from, from + length)
                            / Math.max(1, count(others, from, from + length));
            min = Math.min(min, ratio);
            max = Math.max(max, ratio);
        }
        return max == 0 ? new Fairness(0, 0) : new Fairness(min, max);
    }

    /// What holds for both.
    Fairness and(Fairness other) {
        return new Fairness(Math.min(min, other.min), Math.max(max, other.max));
    }

    private static long[] sorted(long[] times) {
        return Arrays.stream(times).filter(time -> time > 0).sorted().toArray();
    }

    private static int count(long[] times, long from, long to) {
        return place(times, to) - place(times, from);
    }

    /// How many came before then.
    private static int place(long[] times, long then) {
        int place = Arrays.binarySearch(times, then);
        if (place < 0) {
            return -place - 1;
        }
        while (place > 0 && times[place - 1] == then) {
            place--;
        }
        return place;
    }
}
