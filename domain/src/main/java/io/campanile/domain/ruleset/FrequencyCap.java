package io.campanile.domain.ruleset;

import io.campanile.domain.channel.Channel;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Set;

/// How many messages one person gets at most within a window that slides: at every moment, those of
/// the time just before it count.
///
/// @param maxMessages at least 1
/// @param period what the window was named by; absent when it was given as a duration
/// @param channels over which messages are counted together; empty for all channels, including
///   those that are added later
public record FrequencyCap(
        int maxMessages, @Nullable Period period, Duration window, Set<Channel> channels) {
    /// Reservations older than this count nowhere.
    public static final Duration LONGEST_WINDOW = Duration.ofDays(30);

    public FrequencyCap {
        if (maxMessages < 1) {
            throw new IllegalArgumentException("a cap that lets nothing through");
        }
        if (!window.isPositive() || window.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException("not a window of a cap: " + window);
        }
        channels = Set.copyOf(channels);
    }

    /// A window with a name. All of them slide: none begins with a calendar's day or month.
    public enum Period {
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1)),
        WEEK(Duration.ofDays(7)),
        MONTH(LONGEST_WINDOW);

        private final Duration length;

        Period(Duration length) {
            this.length = length;
        }

        public Duration length() {
            return length;
        }
    }

    /// Whether messages on the channel count, and are held against it.
    public boolean counts(Channel channel) {
        return channels.isEmpty() || channels.contains(channel);
    }

    public static FrequencyCap per(Period period, int maxMessages, Set<Channel> channels) {
        return new FrequencyCap(maxMessages, period, period.length(), channels);
    }

    public static FrequencyCap within(Duration window, int maxMessages, Set<Channel> channels) {
        return new FrequencyCap(maxMessages, null, window, channels);
    }
}
