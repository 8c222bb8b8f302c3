package io.campanile.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// The inside of a process that is asked over stdin and answers on stdout. It ends with its stdin,
/// so that none outlives a coordinator that was killed.
public final class Worker {
    private Worker() {}

    /// What a worker does for one question.
    public interface Work<Q> {
        Object answer(Q question) throws Exception;
    }

    /// Says that it is ready, then answers until nobody asks any more.
    public static <Q> void serve(Object ready, Class<Q> type, Work<Q> work) throws Exception {
        say(ready);
        var questions =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = next(questions); !line.isEmpty(); line = next(questions)) {
            say(work.answer(Json.read(line, type)));
        }
    }

    private static String next(BufferedReader questions) throws IOException {
        String line = questions.readLine();
        return line == null ? "" : line;
    }

    private static void say(Object answer) {
        System.out.println(Json.write(answer));
        System.out.flush();
    }
}
