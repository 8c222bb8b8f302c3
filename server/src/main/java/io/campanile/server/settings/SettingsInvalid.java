package io.campanile.server.settings;

import java.util.List;

/// Everything that is wrong with the settings. Its message names them, never their values.
public final class SettingsInvalid extends RuntimeException {
    public SettingsInvalid(List<String> problems) {
        super(String.join("; ", problems));
    }
}
