package io.campanile.server.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// What somebody may have meant.
public final class Suggestion {
    private Suggestion() {}

    /// The candidate that takes the fewest edits, if few enough to be a slip.
    public static Optional<String> closest(String word, Collection<String> candidates) {
        String wanted = word.toLowerCase(Locale.ROOT);
        int tolerated = Math.max(2, word.length() / 4);
        return candidates.stream()
                .filter(name -> edits(wanted, name.toLowerCase(Locale.ROOT)) <= tolerated)
                .min(Comparator.comparingInt(name -> edits(wanted, name.toLowerCase(Locale.ROOT))));
    }

    /// Levenshtein's distance.
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
