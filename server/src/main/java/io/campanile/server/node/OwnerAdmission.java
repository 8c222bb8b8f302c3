package io.campanile.server.node;

import io.campanile.application.access.KeySecret;
import io.campanile.application.access.ManageAccess;
import io.campanile.application.access.OwnerKey;
import io.campanile.application.secret.RequestDigests;
import io.campanile.application.secret.RootKey;
import io.campanile.domain.workspace.WorkspaceId;

import java.nio.file.Path;
import java.security.SecureRandom;

/// Lets an owner into a workspace whose owner keys are lost. By the database, not by the API: there
/// an owner sees their own workspace only.
public final class OwnerAdmission {
    private static final String DISPLAY_NAME = "Owner key of admit-owner";

    private OwnerAdmission() {}

    /// Makes the key in the file an owner of the workspace, if it is none yet. A file that is not
    /// there is made, with a new key. The key is in it before the database knows it, so that a
    /// crash in between loses nothing: repeated, this takes that key.
    ///
    /// @throws IllegalStateException when there is no such workspace, or the key cannot open it
    public static void admit(NodeDatabase database, WorkspaceId workspace, Path keyFile) {
        ManageAccess access = access(database);
        if (access.getWorkspace(workspace).isEmpty()) {
            throw new IllegalStateException("There is no workspace " + workspace);
        }
        var file = new KeyFile(keyFile);
        KeySecret key = file.exists() ? known(file) : written(file);
        String problem = problem(access.admitOwner(workspace, DISPLAY_NAME, key), workspace);
        if (!problem.isEmpty()) {
            throw new IllegalStateException(
                    "The key in %s %s: name another file".formatted(keyFile, problem));
        }
    }

    private static ManageAccess access(NodeDatabase database) {
        var store = new StorePorts(database.database());
        Surroundings surroundings = Surroundings.ofTheMachine();
        return new ManageAccess(
                store.workspaces(),
                store.apiKeys(),
                store.auditEntries(),
                store.changes(surroundings, unusedDigests(surroundings.random())),
                surroundings.random());
    }

    /// Under a key of nobody's: the database's is not known here, and no call has a request id.
    private static RequestDigests unusedDigests(SecureRandom random) {
        byte[] key = new byte[RootKey.BYTES];
        random.nextBytes(key);
        return new RequestDigests(new RootKey(key));
    }

    private static KeySecret written(KeyFile file) {
        return new KeySecret(file.write(KeyFile.newApiKey()).value());
    }

    private static KeySecret known(KeyFile file) {
        try {
            return new KeySecret(file.read().value());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(
                    "%s holds no key: %s".formatted(file.file(), e.getMessage()), e);
        }
    }

    /// What keeps a key from opening the workspace, said of the key; empty where nothing does.
    static String problem(OwnerKey key, WorkspaceId workspace) {
        return switch (key) {
            case OPENS -> "";
            case REVOKED -> "was revoked";
            case EXPIRED -> "has expired";
            case OF_ANOTHER_WORKSPACE -> "is of another workspace than " + workspace;
            case WITHOUT_THE_ROLE -> "is a key without the role owner";
            case OF_NO_WORKSPACE -> "opens nothing: there is no workspace " + workspace;
        };
    }
}
