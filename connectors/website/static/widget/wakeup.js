const LOOK_EVERY = 5000;
const SLEPT = 20000;

/**
 * Calls back when the device has been asleep (the clock has jumped): a connection from before may be dead without
 * anybody having said so. Returns how to stop.
 */
export function onWaking(call) {
  let last = Date.now();
  const look = () => {
    const now = Date.now();
    if (now - last > LOOK_EVERY + SLEPT) call();
    last = now;
  };
  const timer = setInterval(look, LOOK_EVERY);
  const shown = () => document.visibilityState === "visible" && look();
  document.addEventListener("visibilitychange", shown);
  document.addEventListener("resume", call);
  return () => {
    clearInterval(timer);
    document.removeEventListener("visibilitychange", shown);
    document.removeEventListener("resume", call);
  };
}
