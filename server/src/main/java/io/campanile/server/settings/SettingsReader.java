package io.campanile.server.settings;

import io.campanile.server.Secret;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the settings: flags win over the environment, the environment over the settings file, and
/// that over the defaults.
public final class SettingsReader {
    /// Names the tests use; a developer's shell may have them.
    private static final String TEST_PREFIX = Setting.PREFIX + "TEST_";

    private static final Pattern SERVICE_LINK =
            Pattern.compile(
                    "CAMPANILE_(\\w+_)?(SERVICE_(HOST|PORT)\\w*|PORT_\\d+_(TCP|UDP|SCTP)\\w*)");

    /// Also what a setting may be misspelt as.
    private static final Pattern PORT_LINK = Pattern.compile("CAMPANILE_(\\w+_)?PORT");

    private static final Pattern ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private final List<String> problems = new ArrayList<>();
    private final Map<Setting<?>, Object> values = new HashMap<>();

    private SettingsReader() {}

    /// Reads everything, or says everything that is wrong.
    ///
    /// @param flags by the settings' names
    /// @throws SettingsInvalid if anything is
    public static Settings read(Map<String, String> flags, Map<String, String> environment) {
        return new SettingsReader().readAll(flags, environment);
    }

    private Settings readAll(Map<String, String> flags, Map<String, String> environment) {
        Map<String, String> file = settingsFile(flags, environment);
        refuseUnknown(withoutServiceLinks(environment), "");
        refuseUnknown(file, " (in the settings file)");
        SmallRyeConfig config =
                new SmallRyeConfigBuilder()
                        .withSources(new PropertiesConfigSource(flags, "flags", 400))
                        .withSources(new PropertiesConfigSource(environment, "environment", 300))
                        .withSources(new PropertiesConfigSource(file, "file", 200))
                        .withSources(new PropertiesConfigSource(defaults(), "defaults", 100))
                        .build();
        Set<String> empty = empty(List.of(flags, environment, file));
        empty.forEach(
                name -> problems.add(name + " is set but empty: give it a value or take it away"));
        Setting.ALL.stream()
                .filter(setting -> !empty.contains(setting.name()))
                .forEach(setting -> parse(setting, config));
        refuseContradictions();
        if (!problems.isEmpty()) {
            throw new SettingsInvalid(problems);
        }
        return settings();
    }

    private Map<String, String> settingsFile(
            Map<String, String> flags, Map<String, String> environment) {
        String name = Setting.CONFIG_FILE.name();
        String file = flags.getOrDefault(name, environment.getOrDefault(name, ""));
        Map<String, String> read = new HashMap<>();
        // A file that cannot be read is reported with the other settings.
        if (!file.isBlank() && Files.isReadable(Path.of(file))) {
            var properties = new Properties();
            try (Reader reader = Files.newBufferedReader(Path.of(file))) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                problems.add(name + " must be a file of Java properties");
            }
            properties.forEach((key, value) -> read.put(key.toString(), value.toString()));
            if (!read.getOrDefault(name, "").isBlank()) {
                problems.add(name + " cannot be set in the settings file: no other file is read");
            }
        }
        return read;
    }

    /// Kubernetes sets these for each service of a namespace, and a service may be named campanile.
    private static Map<String, String> withoutServiceLinks(Map<String, String> environment) {
        Map<String, String> others = new HashMap<>(environment);
        others.entrySet()
                .removeIf(variable ->
                        SERVICE_LINK.matcher(variable.getKey()).matches()
                                || (PORT_LINK.matcher(variable.getKey()).matches()
                                        && ADDRESS.matcher(variable.getValue()).matches()));
        return others;
    }

    private void refuseUnknown(Map<String, String> source, String where) {
        List<String> known = Setting.ALL.stream().map(Setting::name).toList();
        for (String name : new TreeSet<>(source.keySet())) {
            boolean ours = name.startsWith(Setting.PREFIX) || !where.isEmpty();
            if (ours && !name.startsWith(TEST_PREFIX) && !known.contains(name)) {
                String hint =
                        Suggestion.closest(name, known)
                                .map(meant -> ", did you mean " + meant + "?")
                                .orElse("");
                problems.add(name + where + " is not a setting" + hint);
            }
        }
    }

    /// What was set to nothing, maybe by a variable that was empty itself: to take that for "not
    /// set" could mean another database.
    private static Set<String> empty(List<Map<String, String>> sources) {
        return Setting.ALL.stream()
                .map(Setting::name)
                .filter(name ->
                        sources.stream()
                                .anyMatch(source -> source.getOrDefault(name, "set").isBlank()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        Setting.ALL.forEach(setting -> defaults.put(setting.name(), setting.fallback()));
        return defaults;
    }

    private <T> void parse(Setting<T> setting, SmallRyeConfig config) {
        String raw = config.getConfigValue(setting.name()).getValue();
        String value = raw == null ? "" : raw.strip();
        try {
            values.put(setting, setting.form().parser().parse(value));
        } catch (PemFile.OtherKeyForm e) {
            problems.add(
                    "%s must be %s: %s"
                            .formatted(setting.name(), setting.formText(), e.getMessage()));
        } catch (RuntimeException e) {
            // What it says may hold the value, and the value may be a secret.
            problems.add(setting.name() + " must be " + setting.formText());
        }
    }

    private void refuseContradictions() {
        requireTogether(Setting.TLS_CERTIFICATE, Setting.TLS_KEY);
        requireTogether(Setting.TLS_KEY, Setting.TLS_CERTIFICATE);
        requireTogether(Setting.TLS_CLIENT_CA, Setting.TLS_CERTIFICATE);
        refuseKeyOfAnotherCertificate();
        requireTogether(Setting.DATABASE_USER, Setting.DATABASE_URL);
        requireTogether(Setting.DATABASE_PASSWORD, Setting.DATABASE_URL);
        requireTogether(Setting.OLD_SECRET_KEYS, Setting.SECRET_KEY);
        refuseLonelyDelivery();
        refuseForgottenAnswers();
        refuseKeysOfOneName();
    }

    /// The listener would start, and every handshake with it fail.
    private void refuseKeyOfAnotherCertificate() {
        if (!isSet(Setting.TLS_CERTIFICATE) || !isSet(Setting.TLS_KEY)) {
            return;
        }
        Path certificate = value(Setting.TLS_CERTIFICATE).orElseThrow();
        if (!PemFile.areAPair(certificate, value(Setting.TLS_KEY).orElseThrow())) {
            problems.add(
                    "%s is not the key of the first certificate in %s"
                            .formatted(Setting.TLS_KEY.name(), Setting.TLS_CERTIFICATE.name()));
        }
    }

    /// Nobody could give it anything to deliver, and it would keep its folder from who can.
    private void refuseLonelyDelivery() {
        if (values.get(Setting.ROLE) == Setting.Role.DELIVERY
                && values.containsKey(Setting.DATABASE_URL)
                && !isSet(Setting.DATABASE_URL)) {
            problems.add(
                    "%s delivery is of no use without %s: nobody could give it a message"
                            .formatted(Setting.ROLE.name(), Setting.DATABASE_URL.name()));
        }
    }

    private void refuseKeysOfOneName() {
        if (isSet(Setting.SECRET_KEY) && isSet(Setting.OLD_SECRET_KEYS)) {
            Secret current = value(Setting.SECRET_KEY).orElseThrow();
            String older = value(Setting.OLD_SECRET_KEYS).orElseThrow().value();
            try {
                var _ = SecretKeys.of(current, older);
            } catch (IllegalArgumentException e) {
                problems.add(
                        "%s and %s have different keys with the same id: give each its own"
                                .formatted(
                                        Setting.SECRET_KEY.name(), Setting.OLD_SECRET_KEYS.name()));
            }
        }
    }

    /// A request id that is remembered after its execution was dropped could never be answered.
    private void refuseForgottenAnswers() {
        if (values.get(Setting.MESSAGE_RETENTION) instanceof Duration messages
                && values.get(Setting.REQUEST_RETENTION) instanceof Duration requests
                && messages.compareTo(requests) < 0) {
            problems.add(
                    "%s must not be shorter than %s"
                            .formatted(
                                    Setting.MESSAGE_RETENTION.name(),
                                    Setting.REQUEST_RETENTION.name()));
        }
    }

    private void requireTogether(
            Setting<? extends Optional<?>> given, Setting<? extends Optional<?>> needed) {
        if (isSet(given) && values.containsKey(needed) && !isSet(needed)) {
            problems.add(given.name() + " is of no use without " + needed.name());
        }
    }

    private boolean isSet(Setting<? extends Optional<?>> setting) {
        return values.get(setting) instanceof Optional<?> value && value.isPresent();
    }

    @SuppressWarnings("unchecked") // Put there by parse, under the same type.
    private <T> T value(Setting<T> setting) {
        Object value = values.get(setting);
        if (value == null) {
            throw new IllegalStateException(setting.name() + " is missing in Setting.ALL");
        }
        return (T) value;
    }

    private Settings settings() {
        return new Settings(
                value(Setting.ROLE),
                new Settings.Grpc(value(Setting.GRPC_ADDRESS), value(Setting.GRPC_PORT), tls()),
                value(Setting.DATA_DIR),
                database(),
                value(Setting.DATABASE_CONNECTIONS),
                value(Setting.MIGRATE),
                new Settings.Keys(
                        value(Setting.OWNER_KEY),
                        value(Setting.API_KEY),
                        value(Setting.SECRET_KEY),
                        value(Setting.OLD_SECRET_KEYS)),
                new Settings.Retention(
                        value(Setting.MESSAGE_RETENTION),
                        value(Setting.REQUEST_RETENTION),
                        value(Setting.AUDIT_RETENTION),
                        value(Setting.ARCHIVE_RETENTION)),
                value(Setting.SOFT_BOUNCES),
                value(Setting.NODE_LEASE),
                value(Setting.INTAKE_CAPACITY),
                value(Setting.DRAIN_DEADLINE),
                value(Setting.LOG_LEVEL));
    }

    private Optional<Settings.Tls> tls() {
        Optional<Path> key = value(Setting.TLS_KEY);
        Optional<Path> authorities = value(Setting.TLS_CLIENT_CA);
        return value(Setting.TLS_CERTIFICATE)
                .flatMap(certificate ->
                        key.map(path -> new Settings.Tls(certificate, path, authorities)));
    }

    private Optional<Settings.Database> database() {
        Optional<String> user = value(Setting.DATABASE_USER);
        Optional<Secret> password = value(Setting.DATABASE_PASSWORD);
        return value(Setting.DATABASE_URL).map(url -> new Settings.Database(url, user, password));
    }
}
