package io.campanile.testkit.store;

import io.campanile.application.query.Page;

import java.util.List;

/// Pages of requests that are right.
public final class FoundPages {
    private FoundPages() {}

    public static <T> List<T> entries(Page<T> page) {
        return switch (page) {
            case Page.Found<T>(var entries, _, _) -> entries;
            case Page.Invalid<T>(_, var text) -> throw new AssertionError(text);
        };
    }
}
