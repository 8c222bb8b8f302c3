package io.campanile.bench.process;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Processor time by process, and by stage of the server, since the moment it was made; from
/// `/proc`, zero where there is none.
public final class CpuTimes {
    /// Linux counts in hundredths of a second, whatever the kernel's own clock is.
    private static final double MICROS_PER_TICK = 10_000;

    /// The process that is split by stage.
    public static final String SERVER = "server";

    private final Map<String, Long> pids;
    private final Map<String, Long> before;

    /// @param pids the processes by name; children count with them
    public CpuTimes(Map<String, Long> pids) {
        this.pids = Map.copyOf(pids);
        before = ticks();
    }

    /// Microseconds of processor time for each of so many messages, by process and stage.
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
        var ticks = new TreeMap<String, Long>();
        pids.forEach((name, pid) -> {
            ticks.put(name, ticksOfTree(pid));
            if (name.equals(SERVER)) {
                StageTimes.ticks(pid)
                        .forEach((stage, used) -> ticks.put(SERVER + "." + stage, used));
            }
        });
        return ticks;
    }

    private static long ticksOfTree(long pid) {
        Stream<ProcessHandle> children =
                ProcessHandle.of(pid).stream().flatMap(ProcessHandle::descendants);
        ProcStat parent = stat(pid);
        return parent.own()
                + parent.ended()
                + children.mapToLong(child -> stat(child.pid()).own()).sum();
    }

    private static ProcStat stat(long pid) {
        return ProcStat.read(Path.of("/proc/" + pid + "/stat"));
    }
}
