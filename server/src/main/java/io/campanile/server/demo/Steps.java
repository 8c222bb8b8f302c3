package io.campanile.server.demo;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import io.campanile.server.call.ApiClient;
import io.campanile.server.call.ApiMethods;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The steps of the demonstration: their titles, the calls with what was sent and answered, and
/// what has to be true of them.
final class Steps {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ApiClient api;
    private final PrintWriter out;
    private final Checks checks = new Checks();
    private int steps;

    Steps(ApiClient api, PrintWriter out) {
        this.api = api;
        this.out = out;
    }

    PrintWriter out() {
        return out;
    }

    Checks checks() {
        return checks;
    }

    void title(String title) {
        steps++;
        out.println();
        out.println("%d. %s".formatted(steps, title));
    }

    /// The last answer of the method.
    JsonObject call(String method, String request) {
        out.println();
        out.println("  > " + method);
        show("  > ", request);
        List<String> answers = new ArrayList<>();
        api.call(ApiMethods.find(method), request, PATIENCE, answers::add);
        String last = answers.getLast();
        show("  < ", last);
        out.flush();
        return JsonParser.parseString(last).getAsJsonObject();
    }

    /// The same without showing it, for what is done many times.
    JsonObject quietly(String method, String request) {
        List<String> answers = new ArrayList<>();
        api.call(ApiMethods.find(method), request, PATIENCE, answers::add);
        return JsonParser.parseString(answers.getLast()).getAsJsonObject();
    }

    private void show(String margin, String json) {
        json.lines().forEach(line -> out.println(margin + line));
    }

    static String text(JsonObject object, String field) {
        return object.has(field) ? object.get(field).getAsString() : "";
    }
}
