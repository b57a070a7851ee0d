'use client';

import { useEffect, useRef, useState, type ReactNode } from 'react';
import { openReader } from './code-reader';

export type CameraWords = {
  readonly camera: string;
  readonly stop: string;
  readonly aim: string;
  readonly noCamera: string;
  readonly denied: string;
};

/** The same code again within this time is the same look. */
const SAME_LOOK_MS = 2_500;
const EVERY_MS = 120;

type CameraProps = { readonly onCode: (code: string) => void; readonly words: CameraWords; readonly icon: ReactNode };

/** The camera, opened by a tap and read until it is closed; a reading is heard, felt and handed on. Without one the digits are typed. */
export function ScanCamera({ onCode, words, icon }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [trouble, setTrouble] = useState<'noCamera' | 'denied'>();
  const [kind, setKind] = useState<'native' | 'wasm'>();
  const tell = useRef(onCode);
  useEffect(() => {
    tell.current = onCode;
  });

  useEffect(() => {
    if (!isOpen) return undefined;
    let isOver = false;
    let stream: MediaStream | undefined;
    const run = async () => {
      const reading = openReader();
      reading.catch(() => undefined); // told below, after the camera
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1_280 } }, audio: false });
      const reader = await reading;
      setKind(reader.kind);
      const screen = video.current;
      if (!screen || isOver) return;
      screen.srcObject = stream;
      await screen.play();
      let last = { code: '', at: 0 };
      while (!isOver) {
        const code = screen.readyState >= 2 ? await reader.read(screen).catch(() => undefined) : undefined;
        const now = performance.now();
        if (code !== undefined && (code !== last.code || now - last.at > SAME_LOOK_MS)) {
          navigator.vibrate?.(60);
          beep();
          tell.current(code);
        }
        if (code !== undefined) last = { code, at: now };
        await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
      }
    };
    run().catch((error: unknown) => {
      setTrouble(error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'noCamera');
      setOpen(false);
    });
    return () => {
      isOver = true;
      stream?.getTracks().forEach((track) => track.stop());
    };
  }, [isOpen]);

  return (
    <div className="scan-camera needs-script" data-reader={kind}>
      {isOpen && (
        <div className="scan-view">
          <video ref={video} muted playsInline aria-label={words.aim} />
          <span aria-hidden="true" />
        </div>
      )}
      {trouble !== undefined && (
        <p role="alert" className="banner banner-honey">
          {words[trouble]}
        </p>
      )}
      <button
        type="button"
        className={isOpen ? 'btn btn-secondary min-h-[64px]' : 'btn btn-primary min-h-[64px]'}
        onClick={() => {
          setTrouble(undefined);
          setOpen(!isOpen);
        }}
      >
        {icon}
        {isOpen ? words.stop : words.camera}
      </button>
    </div>
  );
}

/** A short high note: heard over a till, no file to load. */
function beep(): void {
  try {
    const sound = new AudioContext();
    const note = sound.createOscillator();
    note.frequency.value = 1_760;
    note.connect(sound.destination);
    note.start();
    note.stop(sound.currentTime + 0.08);
    note.onended = () => void sound.close();
  } catch {
    // A phone on silent reads all the same.
  }
}
