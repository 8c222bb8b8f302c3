/// What erasures need from outside.
@org.jspecify.annotations.NullMarked
package io.campanile.application.erasure.port;
