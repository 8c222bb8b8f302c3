package io.campanile.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Processor time by process since the moment it was made, from `/proc`; empty where there is none.
public final class CpuTimes {
    /// Linux counts in hundredths of a second, whatever the kernel's own clock is.
    private static final double MICROS_PER_TICK = 10_000;

    private final Map<String, Long> pids;
    private final Map<String, Long> before;

    /// @param pids the processes by name; children count with them
    public CpuTimes(Map<String, Long> pids) {
        this.pids = Map.copyOf(pids);
        before = ticks();
    }

    /// Microseconds of processor time for each of so many messages, by process.
    public Map<String, Double> microsPerMessage(long messages) {
        Map<String, Long> after = ticks();
        var micros = new LinkedHashMap<String, Double>();
        after.forEach((name, ticks) ->
                micros.put(
                        name,
                        Math.round(
                                        (ticks - before.getOrDefault(name, 0L))
                                                * MICROS_PER_TICK
                                                / messages
                                                * 10)
                                / 10.0));
        return micros;
    }

    private Map<String, Long> ticks() {
        return pids.entrySet().stream()
                .filter(entry -> ProcessHandle.of(entry.getValue()).isPresent())
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey,
                                entry -> ticksOfTree(entry.getValue()),
                                Long::sum,
                                java.util.TreeMap::new));
    }

    private static long ticksOfTree(long pid) {
        Stream<ProcessHandle> children =
                ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants);
        // The parent's own entry includes children that have ended.
        return ticks(pid, true) + children.mapToLong(child -> ticks(child.pid(), false)).sum();
    }

    private static long ticks(long pid, boolean withEndedChildren) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The program's name, in brackets, may hold anything.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            long own = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
            long ended = Long.parseLong(fields[13]) + Long.parseLong(fields[14]);
            return withEndedChildren ? own + ended : own;
        } catch (IOException _) {
            return 0; // ended in between, or no /proc here
        }
    }
}
