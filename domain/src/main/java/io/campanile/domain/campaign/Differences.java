package io.campanile.domain.campaign;

import io.campanile.domain.content.DeclaredField;
import io.campanile.domain.content.EmailContent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What changed from one definition to the next.
public final class Differences {
    private static final int LONGEST_QUOTE = 80;

    private final List<Difference> found = new ArrayList<>();

    private Differences() {}

    /// In the order of the definition's fields; empty when nothing changed.
    public static List<Difference> between(CampaignDefinition before, CampaignDefinition after) {
        var differences = new Differences();
        differences.text(
                "channel_configuration",
                before.channelConfiguration(),
                after.channelConfiguration());
        differences.text("topic", before.topic(), after.topic());
        differences.text(
                "rule_sets",
                String.join(", ", before.ruleSets()),
                String.join(", ", after.ruleSets()));
        differences.text(
                "identity_namespace", before.identityNamespace(), after.identityNamespace());
        differences.text(
                "profile_lookup", before.profileLookup().name(), after.profileLookup().name());
        differences.text(
                "delivery_mode", before.deliveryMode().name(), after.deliveryMode().name());
        differences.text("audience", before.audience(), after.audience());
        differences.content(before.content(), after.content());
        differences.fields(before.fields(), after.fields());
        differences.time("start_time", before.schedule().startTime(), after.schedule().startTime());
        differences.time("end_time", before.schedule().endTime(), after.schedule().endTime());
        return List.copyOf(differences.found);
    }

    private void content(EmailContent before, EmailContent after) {
        text("content.subject", before.subject(), after.subject());
        text("content.preheader", before.preheader(), after.preheader());
        text("content.html", before.html(), after.html());
        text("content.text", before.text(), after.text());
        text("content.reply_to", before.replyTo(), after.replyTo());
    }

    private void text(String field, String before, String after) {
        if (before.equals(after)) {
            return;
        }
        boolean byLines = before.contains("\n") || after.contains("\n");
        String description = became(before, after);
        found.add(
                new Difference(
                        field, byLines ? description + ", " + lines(before, after) : description));
    }

    private void time(String field, @Nullable Instant before, @Nullable Instant after) {
        if (!Objects.equals(before, after)) {
            found.add(
                    new Difference(
                            field,
                            (before == null ? "none" : before)
                                    + " became "
                                    + (after == null ? "none" : after)));
        }
    }

    private void fields(List<DeclaredField> before, List<DeclaredField> after) {
        Map<String, DeclaredField> old = byPath(before);
        Map<String, DeclaredField> current = byPath(after);
        current.forEach((path, field) -> {
            DeclaredField was = old.remove(path);
            if (was == null) {
                found.add(new Difference("declared_fields." + path, "added"));
            } else if (!was.equals(field)) {
                found.add(new Difference("declared_fields." + path, changes(was, field)));
            }
        });
        old.keySet()
                .forEach(path -> found.add(new Difference("declared_fields." + path, "removed")));
    }

    private static String changes(DeclaredField before, DeclaredField after) {
        List<String> changes = new ArrayList<>();
        part("type", before.type(), after.type(), changes);
        part("required", before.required(), after.required(), changes);
        part("sensitive", before.sensitive(), after.sensitive(), changes);
        json("example", before.example(), after.example(), changes);
        json("default_value", before.defaultValue(), after.defaultValue(), changes);
        return String.join(", ", changes);
    }

    private static void part(String name, Object before, Object after, List<String> changes) {
        if (!before.equals(after)) {
            changes.add(name + " " + before + " became " + after);
        }
    }

    private static void json(String name, String before, String after, List<String> changes) {
        if (!before.equals(after)) {
            int same = commonPrefix(before, after);
            changes.add(name + " " + shown(before, same) + " became " + shown(after, same));
        }
    }

    private static String shown(String json, int firstDifference) {
        return json.isEmpty() ? "none" : shortened(json, firstDifference);
    }

    private static Map<String, DeclaredField> byPath(List<DeclaredField> fields) {
        Map<String, DeclaredField> byPath = new LinkedHashMap<>();
        fields.forEach(field -> byPath.put(field.path(), field));
        return byPath;
    }

    private static String became(String before, String after) {
        int same = commonPrefix(before, after);
        return quoted(before, same) + " became " + quoted(after, same);
    }

    /// Lines that stand in one text and not in the other, so that a moved line counts as unchanged.
    private static String lines(String before, String after) {
        Map<String, Integer> balance = new HashMap<>();
        before.lines().forEach(line -> balance.merge(line, -1, Integer::sum));
        after.lines().forEach(line -> balance.merge(line, 1, Integer::sum));
        int added = balance.values().stream().filter(n -> n > 0).mapToInt(n -> n).sum();
        int removed = -balance.values().stream().filter(n -> n < 0).mapToInt(n -> n).sum();
        return "lines added: %d, lines removed: %d".formatted(added, removed);
    }

    private static int commonPrefix(String one, String other) {
        int length = Math.min(one.length(), other.length());
        int at = 0;
        while (at < length && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return at;
    }

    private static String quoted(String text, int firstDifference) {
        return text.isEmpty() ? "nothing" : '"' + shortened(text, firstDifference) + '"';
    }

    /// A long text is shown around its first difference, never cut inside a surrogate pair, and on
    /// one line.
    private static String shortened(String text, int firstDifference) {
        if (text.length() <= LONGEST_QUOTE) {
            return onOneLine(text);
        }
        int start = Math.max(0, Math.min(firstDifference, text.length()) - LONGEST_QUOTE / 4);
        int end = Math.min(text.length(), start + LONGEST_QUOTE);
        start = insidePair(text, start) ? start - 1 : start;
        end = insidePair(text, end) ? end + 1 : end;
        return (start > 0 ? "…" : "")
                + onOneLine(text.substring(start, end))
                + (end < text.length() ? "…" : "");
    }

    private static String onOneLine(String text) {
        return text.replace("\r\n", "⏎").replace('\n', '⏎');
    }

    private static boolean insidePair(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isLowSurrogate(text.charAt(at))
                && Character.isHighSurrogate(text.charAt(at - 1));
    }
}
