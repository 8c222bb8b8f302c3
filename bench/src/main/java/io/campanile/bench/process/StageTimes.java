package io.campanile.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Processor time of a server by stage: its threads are named after what they do.
final class StageTimes {
    private static final Map<String, String> STAGES = new LinkedHashMap<>();

    static {
        STAGES.put("grpc-", "admission");
        STAGES.put("intake-", "intake");
        STAGES.put("deliver-", "render_and_mark");
        STAGES.put("ForkJoinPool", "hand_over");
        STAGES.put("record-", "record");
        STAGES.put("claimer", "claim");
        STAGES.put("GC ", "garbage");
        STAGES.put("C1 ", "compiler");
        STAGES.put("C2 ", "compiler");
    }

    private StageTimes() {}

    /// Ticks of each stage so far; of threads that live.
    static Map<String, Long> ticks(long pid) {
        var ticks = new TreeMap<String, Long>();
        for (Path task : tasks(pid)) {
            ProcStat stat = ProcStat.read(task.resolve("stat"));
            ticks.merge(stage(stat.name()), stat.own(), Long::sum);
        }
        return ticks;
    }

    private static String stage(String thread) {
        return STAGES.entrySet().stream()
                .filter(entry -> thread.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("other");
    }

    private static List<Path> tasks(long pid) {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            return tasks.toList();
        } catch (IOException _) {
            return List.of(); // ended in between, or no /proc here
        }
    }
}
