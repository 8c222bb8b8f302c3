/// Who is calling, and what owners do with workspaces and keys.
@org.jspecify.annotations.NullMarked
package io.campanile.application.access;
