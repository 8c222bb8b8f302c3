package io.campanile.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A line of `/proc`: what a process or a thread has used, in ticks.
///
/// @param name at most 15 characters of it
/// @param ended by children that have ended
record ProcStat(String name, long own, long ended) {
    private static final ProcStat NOTHING = new ProcStat("", 0, 0);

    static ProcStat read(Path file) {
        try {
            String stat = Files.readString(file);
            // The name, in brackets, may hold anything.
            int end = stat.lastIndexOf(')');
            String[] fields = stat.substring(end + 2).split(" ", -1);
            return new ProcStat(
                    stat.substring(stat.indexOf('(') + 1, end),
                    Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                    Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
        } catch (IOException _) {
            return NOTHING; // ended in between, or no /proc here
        }
    }
}
