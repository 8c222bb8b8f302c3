package io.campanile.server.command;

import io.campanile.server.settings.Setting;
import io.campanile.server.settings.Settings;
import io.campanile.server.settings.SettingsReader;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The settings as flags: one for each that is no secret, made from the list of all settings.
final class SettingFlags {
    private static final String[] SECRETS = {
        "",
        "Every flag is a setting of the same name in the environment: --grpc-port is",
        "CAMPANILE_GRPC_PORT. Secrets have no flags; these are set in the environment or the file:"
    };

    private SettingFlags() {}

    static void addTo(CommandSpec spec) {
        var footer = new ArrayList<>(List.of(SECRETS));
        for (Setting<?> setting : Setting.ALL) {
            String described = capitalised(setting.description());
            if (setting.secret()) {
                footer.add("  %s: %s".formatted(setting.name(), described));
            } else {
                String fallback =
                        setting.fallback().isEmpty() ? "" : " Default: " + setting.fallback() + ".";
                spec.addOption(
                        OptionSpec.builder(setting.flag())
                                .type(String.class)
                                .paramLabel("VALUE")
                                .description(
                                        "%s; %s.%s"
                                                .formatted(described, setting.formText(), fallback))
                                .build());
            }
        }
        spec.usageMessage().footer(footer.toArray(String[]::new));
    }

    /// All settings, with the flags of the command that runs. From now on as much is logged as they
    /// say.
    static Settings read(CommandSpec spec) {
        Map<String, String> flags = new HashMap<>();
        for (Setting<?> setting : Setting.ALL) {
            OptionSpec option = spec.findOption(setting.flag());
            if (option != null && option.getValue() instanceof String value) {
                flags.put(setting.name(), value);
            }
        }
        Settings settings = SettingsReader.read(flags, System.getenv());
        LogLevels.set(settings.logLevel());
        return settings;
    }

    private static String capitalised(String description) {
        return Character.toUpperCase(description.charAt(0)) + description.substring(1);
    }
}
