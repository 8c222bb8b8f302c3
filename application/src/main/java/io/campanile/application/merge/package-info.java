/// Two profiles that turn out to be one person's.
@org.jspecify.annotations.NullMarked
package io.campanile.application.merge;
