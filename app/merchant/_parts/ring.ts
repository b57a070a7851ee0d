let audio: AudioContext | undefined;

/** Two rising notes and, on a phone, two pulses. Silent where the browser wants a tap first; the screen still changes. */
export function ring(): void {
  navigator.vibrate?.([180, 90, 180]);
  audio ??= new AudioContext();
  void audio.resume().then(() => {
    if (audio) [660, 880, 1320].forEach((pitch, index) => note(audio, pitch, index * 0.18));
  });
}

function note(context: AudioContext | undefined, pitch: number, delay: number): void {
  if (!context) return;
  const start = context.currentTime + delay;
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.type = 'triangle';
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(0.0001, start);
  volume.gain.exponentialRampToValueAtTime(0.5, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.0001, start + 0.4);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + 0.45);
}
