package io.campanile.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A block of shell on a page, with the comment in front of it that says how it is tried.
///
/// @param mark the comment; empty without one
record ShellBlock(String mark, String text) {
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- (.+?) -->\\n)?```sh\\n(.*?)\\n```", Pattern.DOTALL);

    /// All of a page, from the root of the repository.
    static List<ShellBlock> of(String page) {
        return BLOCK.matcher(text(page)).results().map(ShellBlock::of).toList();
    }

    private static ShellBlock of(MatchResult found) {
        return new ShellBlock(found.group(1) == null ? "" : found.group(1), found.group(2));
    }

    /// Those of a page that are marked so.
    static List<ShellBlock> of(String page, String mark) {
        return of(page).stream().filter(block -> block.mark().equals(mark)).toList();
    }

    /// What a page says.
    static String text(String page) {
        try {
            return Files.readString(Path.of("..").resolve(page));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
