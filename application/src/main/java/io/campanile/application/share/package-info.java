/// How workspaces share what a node has once.
@org.jspecify.annotations.NullMarked
package io.campanile.application.share;
