package io.campanile.server.database;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// What is wrong with a file, in words: the messages of the JDK are only its name.
final class FileProblem {
    private FileProblem() {}

    static String of(IOException problem) {
        return switch (problem) {
            case AccessDeniedException denied -> denied.getFile() + " may not be accessed";
            case NoSuchFileException missing -> missing.getFile() + " does not exist";
            case FileAlreadyExistsException taken -> taken.getFile() + " is in the way";
            case FileSystemException other when other.getReason() != null ->
                    other.getFile() + ": " + other.getReason();
            default ->
                    problem.getMessage() == null
                            ? "reading or writing failed"
                            : problem.getMessage();
        };
    }
}
