package io.campanile.domain.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Collects violations and remembers which elements of lists the check is in.
final class Violations {
    /// In place of an index when a single object stands where a list may stand.
    static final int NO_LIST = -1;

    /// Enough to put a call right; a hostile one must not make us write megabytes.
    private static final int MOST = 100;

    private final List<Violation> found = new ArrayList<>();
    private int[] indices = new int[4];
    private int depth;

    void enter(int index) {
        if (depth == indices.length) {
            indices = Arrays.copyOf(indices, depth * 2);
        }
        indices[depth++] = index;
    }

    void leave() {
        depth--;
    }

    /// Adds a violation at a path in which `[]` stands for the elements the check is in.
    void add(String path, Violation.Problem problem, String description) {
        if (found.size() < MOST) {
            found.add(new Violation(withIndices(path), problem, description));
        }
    }

    private String withIndices(String path) {
        if (depth == 0) {
            return path;
        }
        var written = new StringBuilder();
        int from = 0;
        for (int level = 0; level < depth; level++) {
            int brackets = path.indexOf("[]", from);
            written.append(path, from, brackets);
            if (indices[level] != NO_LIST) {
                written.append('[').append(indices[level]).append(']');
            }
            from = brackets + 2;
        }
        return written.append(path, from, path.length()).toString();
    }

    List<Violation> found() {
        return List.copyOf(found);
    }
}
