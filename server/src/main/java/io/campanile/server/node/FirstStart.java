package io.campanile.server.node;

import io.campanile.application.access.AccessResult;
import io.campanile.application.access.KeySecret;
import io.campanile.application.access.ManageAccess;
import io.campanile.application.access.OwnerKey;
import io.campanile.application.access.port.Workspaces;
import io.campanile.application.secret.KeyFit;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.server.Secret;
import io.campanile.server.settings.SecretKeys;
import io.campanile.server.settings.Settings;
import io.campanile.server.settings.SettingsInvalid;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/// What a database and a data folder lack before their first node can run: keys and a workspace.
final class FirstStart {
    private static final String SET_KEY = "Owner key of the settings";

    private final Settings settings;
    private final KeyFile ownerKey;
    private final KeyFile secretKey;
    private boolean generated;

    FirstStart(Settings settings) {
        this.settings = settings;
        this.ownerKey = new KeyFile(settings.dataFolder().resolve("owner.key"));
        this.secretKey = new KeyFile(settings.dataFolder().resolve("secret.key"));
    }

    /// The keys to encrypt with: those that were set, else the one in the data folder, generated if
    /// the database is new.
    ///
    /// @param needed the ids of the keys that a database which is not new needs
    /// @throws SettingsInvalid when another folder has the key that this database needs
    SecretKeys secretKeys(boolean databaseIsNew, Supplier<List<String>> needed) {
        String older = settings.keys().old().map(Secret::value).orElse("");
        if (settings.keys().secret().isPresent()) {
            return SecretKeys.of(settings.keys().secret().get(), older);
        }
        if (secretKey.exists()) {
            return SecretKeys.of(secretKeyOfTheFolder(), older);
        }
        if (!databaseIsNew) {
            throw invalid(
                    ("The secret key %s of this database is neither set as CAMPANILE_SECRET_KEY"
                                    + " nor found in %s; if it is lost, set a new one of another id"
                                    + " and see './campanile migrate --give-up-secret-key ID'")
                            .formatted(String.join(", ", needed.get()), secretKey.file()));
        }
        String key = "generated:" + Base64.getEncoder().encodeToString(KeyFile.randomBytes());
        generated = true;
        return SecretKeys.of(secretKey.write(key), older);
    }

    private Secret secretKeyOfTheFolder() {
        Secret key = secretKey.read();
        if (!SecretKeys.isOne(key)) {
            throw new IllegalStateException(
                    "%s is damaged: it holds no secret key; restore it from a backup"
                            .formatted(secretKey.file()));
        }
        return key;
    }

    /// Refuses keys that are not those of the database. One that was generated just now is taken
    /// away again: another node, with a data folder of its own, was faster.
    ///
    /// @throws SettingsInvalid when they are not
    void refuseOtherKeys(KeyFit check) {
        if (check instanceof KeyFit.Fits) {
            return;
        }
        if (generated) {
            delete(secretKey);
        }
        throw invalid(problem(check));
    }

    /// Another start comes to the same, so that nobody is to try again by himself.
    private static SettingsInvalid invalid(String problem) {
        return new SettingsInvalid(List.of(problem));
    }

    private static String problem(KeyFit check) {
        return switch (check) {
            case KeyFit.Fits _ -> "";
            case KeyFit.Lacks(var keyId) ->
                    ("Secrets in the database are encrypted with the key %s, which this node does"
                         + " not have: set CAMPANILE_SECRET_KEY to it or, when another one takes"
                         + " its place, name it in CAMPANILE_OLD_SECRET_KEYS; if it is lost, see"
                         + " './campanile migrate --give-up-secret-key %s'")
                            .formatted(keyId, keyId);
            case KeyFit.Differs(var keyId) ->
                    ("Secrets in the database are encrypted with another key named %s than this"
                         + " node has: set CAMPANILE_SECRET_KEY to the same on every node, such as"
                         + " what secret.key has in the data folder of the one that started first;"
                         + " if it is lost, see './campanile migrate --give-up-secret-key %s'")
                            .formatted(keyId, keyId);
        };
    }

    static boolean isNew(Workspaces workspaces) {
        return workspaces.find(WorkspaceId.DEFAULT).isEmpty();
    }

    /// Creates the workspace `default` with its owner key. A generated key is in its file before
    /// the database knows it, so that a crash in between loses nothing.
    void createWorkspace(ManageAccess access) {
        boolean ownersIsGenerated = settings.keys().owner().isEmpty() && !ownerKey.exists();
        Secret key =
                ownersIsGenerated
                        ? ownerKey.write(KeyFile.newApiKey())
                        : settings.keys().owner().orElseGet(ownerKey::read);
        boolean created =
                access.start(new KeySecret(key.value())) instanceof AccessResult.WorkspaceCreated;
        if (ownersIsGenerated && !created) {
            // Another node was faster: this key opens nothing.
            delete(ownerKey);
        }
    }

    /// Lets in by the owner key that was set, whoever lost the others.
    ///
    /// @throws SettingsInvalid when it opens nothing
    void admitOwner(ManageAccess access) {
        settings.keys()
                .owner()
                .map(key ->
                        access.admitOwner(WorkspaceId.DEFAULT, SET_KEY, new KeySecret(key.value())))
                .ifPresent(FirstStart::refuseUselessOwner);
    }

    private static void refuseUselessOwner(OwnerKey key) {
        String problem = OwnerAdmission.problem(key, WorkspaceId.DEFAULT);
        if (!problem.isEmpty()) {
            throw new SettingsInvalid(
                    List.of(
                            "CAMPANILE_OWNER_KEY %s: set it to a new key, or take it away"
                                    .formatted(problem)));
        }
    }

    private static void delete(KeyFile key) {
        try {
            Files.delete(key.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
