package io.campanile.server.demo;

import java.util.ArrayList;
import java.util.List;

/// What has to be true of the demonstration, and what was not.
final class Checks {
    private final List<String> failed = new ArrayList<>();

    void that(String promise, boolean kept) {
        if (!kept) {
            failed.add(promise);
        }
    }

    /// The promises that were not kept.
    List<String> failed() {
        return List.copyOf(failed);
    }
}
