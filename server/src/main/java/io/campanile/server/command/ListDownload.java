package io.campanile.server.command;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import com.google.protobuf.ByteString;

import io.campanile.server.call.CallFailed;
import io.grpc.StatusRuntimeException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;

/// Writes an exported list into a file for its owner only, which is as it was until everything has
/// come.
final class ListDownload {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private ListDownload() {}

    /// @param named a pipe or a terminal has nothing to keep, and is written as it is
    /// @param answers a call that is running
    /// @param piece the next bytes of the file
    static <T> void write(Path named, Iterator<T> answers, Function<T, ByteString> piece) {
        try {
            if (!Files.exists(named)) {
                replace(named.toAbsolutePath(), answers, piece);
            } else if (Files.isRegularFile(named)) {
                replace(named.toRealPath(), answers, piece);
            } else {
                try (OutputStream csv = Files.newOutputStream(named, WRITE)) {
                    copy(answers, piece, csv);
                }
            }
        } catch (StatusRuntimeException e) {
            throw CallFailed.refused(e);
        } catch (IOException e) {
            throw CallFailed.misused(named + " cannot be written");
        }
    }

    private static <T> void replace(Path file, Iterator<T> answers, Function<T, ByteString> piece)
            throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            try (var channel = FileChannel.open(draft, Set.of(CREATE_NEW, WRITE), OWNER_ONLY);
                    OutputStream csv = Channels.newOutputStream(channel)) {
                copy(answers, piece, csv);
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            discard(draft);
        }
    }

    private static <T> void copy(
            Iterator<T> answers, Function<T, ByteString> piece, OutputStream csv)
            throws IOException {
        while (answers.hasNext()) {
            piece.apply(answers.next()).writeTo(csv);
        }
    }

    private static void discard(Path draft) {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw CallFailed.failed(draft + " cannot be deleted");
        }
    }
}
