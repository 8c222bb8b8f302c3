package io.campanile.server.node;

import io.campanile.application.access.AccessResult;
import io.campanile.application.access.KeySecret;
import io.campanile.application.access.ManageAccess;
import io.campanile.domain.workspace.WorkspaceId;
import io.campanile.server.Secret;
import io.campanile.server.settings.SecretKeys;
import io.campanile.server.settings.Settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;

/// What a database and a data folder lack before their first node can run: keys and a workspace.
final class FirstStart {
    private final Settings settings;
    private final KeyFile ownerKey;
    private final KeyFile secretKey;

    FirstStart(Settings settings) {
        this.settings = settings;
        this.ownerKey = new KeyFile(settings.dataFolder().resolve("owner.key"));
        this.secretKey = new KeyFile(settings.dataFolder().resolve("secret.key"));
    }

    /// The keys to encrypt with: those that were set, else the one in the data folder, generated if
    /// the database is new.
    ///
    /// @throws IllegalStateException when another folder has the key that this database needs
    SecretKeys secretKeys(boolean databaseIsNew) {
        String older = settings.keys().old().map(Secret::value).orElse("");
        if (settings.keys().secret().isPresent()) {
            return SecretKeys.of(settings.keys().secret().get(), older);
        }
        if (secretKey.exists()) {
            return SecretKeys.of(secretKey.read(), older);
        }
        if (!databaseIsNew) {
            throw new IllegalStateException(
                    "The secret key of this database is neither set as CAMPANILE_SECRET_KEY nor"
                            + " found in "
                            + secretKey.file());
        }
        String generated = "generated:" + Base64.getEncoder().encodeToString(KeyFile.randomBytes());
        return SecretKeys.of(secretKey.write(generated), older);
    }

    static boolean isNew(ManageAccess access) {
        return access.getWorkspace(WorkspaceId.DEFAULT).isEmpty();
    }

    /// Creates the workspace `default` with its owner key. A generated key is in its file before
    /// the database knows it, so that a crash in between loses nothing.
    void createWorkspace(ManageAccess access) {
        boolean generated = settings.keys().owner().isEmpty() && !ownerKey.exists();
        Secret key =
                generated
                        ? ownerKey.write(KeyFile.newApiKey())
                        : settings.keys().owner().orElseGet(ownerKey::read);
        boolean created =
                access.start(new KeySecret(key.value())) instanceof AccessResult.WorkspaceCreated;
        if (generated && !created) {
            // Another node was faster: this key opens nothing.
            delete();
        }
    }

    private void delete() {
        try {
            Files.delete(ownerKey.file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
